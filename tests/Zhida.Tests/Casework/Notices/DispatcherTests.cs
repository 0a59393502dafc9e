using MailKit.Security;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Notices;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Notices;

/// <summary>Notices reach inbox, mail server and webhook at least once, on both databases.</summary>
public sealed class DispatcherTests(TestDatabases databases)
{
    private static readonly Person Owner = new("u1", "企业经办", Role.Applicant) { Subjects = ["91A"] };

    private readonly SceneClock _clock = new(new DateTimeOffset(2026, 6, 30, 2, 0, 0, TimeSpan.Zero));

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task The_inbox_gets_each_notice_once(DatabaseKind kind)
    {
        await using var database = databases.New(kind, _clock);
        await AddAsync(database, Of("a", Channel.InApp, Recipients.Subject("91A")),
            Of("a", Channel.InApp, Recipients.Subject("91A")), Of("b", Channel.InApp, Recipients.Person("u1")),
            Of("c", Channel.InApp, Recipients.Subject("91B")));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            new Dispatcher(database, []).DispatchAsync(most: 1))));
        await new Dispatcher(database, []).DispatchAsync();
        var page = await database.ReadAsync(work => Inbox.PageAsync(work, Owner));
        Assert.Equal(["a", "b"], page.Select(n => n.Subject).Order());
        Assert.Equal([page[1].Subject], (await database.ReadAsync(work => Inbox.PageAsync(work, Owner, page[0].Id)))
            .Select(n => n.Subject));
        Assert.Equal(2, await database.ReadAsync(work => Inbox.UnreadAsync(work, Owner)));
        var other = Owner with { Id = "x", Subjects = ["91B"] };
        var others = await database.ReadAsync(work => Inbox.PageAsync(work, other));
        await database.WriteAsync(work =>
        {
            Inbox.MarkRead(work, Owner, [page[0].Id, others[0].Id]);
            return Task.CompletedTask;
        });
        Assert.Equal(1, await database.ReadAsync(work => Inbox.UnreadAsync(work, Owner)));
        Assert.Equal(1, await database.ReadAsync(work => Inbox.UnreadAsync(work, other)));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Mail_is_tried_again_until_it_is_taken(DatabaseKind kind)
    {
        using var server = new SmtpListener();
        server.Answers.Enqueue("451 later");
        await using var database = databases.New(kind, _clock);
        var dispatcher = new Dispatcher(database, [Mail(server.Port)]);
        await AddAsync(database, Of("需要补正", Channel.Mail, "someone@example.org"));
        await dispatcher.DispatchAsync();
        Assert.Empty(server.Mails);
        Assert.Equal(0, await dispatcher.DispatchAsync());
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await dispatcher.DispatchAsync());
        var mail = Assert.Single(server.Mails);
        var notice = Assert.Single(await AllAsync(database));
        Assert.Equal((2, true, null), (notice.Attempts, notice.DeliveredAt is not null, notice.LastError));
        Assert.Contains($"Message-Id: <{notice.Id}@zhida.example>", mail, StringComparison.OrdinalIgnoreCase);
        var parsed = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)),
            TestContext.Current.CancellationToken);
        Assert.Equal(("需要补正", "正文"), (parsed.Subject, parsed.TextBody!.Trim()));
        Assert.Equal(0, await dispatcher.DispatchAsync());
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task What_can_not_be_delivered_is_given_up_in_sight(DatabaseKind kind)
    {
        using var server = new SmtpListener();
        server.Answers.Enqueue("550 no such user");
        await using var database = databases.New(kind, _clock);
        var dispatcher = new Dispatcher(database, [Mail(server.Port)], new DispatchOptions { MostAttempts = 3 });
        await AddAsync(database, Of("a", Channel.Mail, "no@example.org"), Of("b", Channel.Mail, "not an address"),
            Of("c", Channel.Webhook, "https://example.org/"));
        for (var i = 0; i < 5; i++)
        {
            await dispatcher.DispatchAsync();
            _clock.Advance(TimeSpan.FromHours(1));
        }
        var dead = await database.ReadAsync(work => Outbox.DeadAsync(work));
        // The webhook has no carrier here: all its attempts were made.
        Assert.Equal([("a", 1), ("b", 1), ("c", 3)], dead.Select(n => (n.Subject, n.Attempts)).Order());
        Assert.All(dead, n => Assert.NotNull(n.LastError));
        await database.WriteAsync(work =>
        {
            Outbox.Revive(work, dead.Single(n => n.Subject == "a").Id);
            return Task.CompletedTask;
        });
        await dispatcher.DispatchAsync();
        Assert.Single(server.Mails);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_webhook_comes_again_under_the_same_id_and_signed(DatabaseKind kind)
    {
        using var receiver = new WebhookReceiver();
        receiver.Answers.Enqueue(503);
        receiver.Answers.Enqueue(302);
        await using var database = databases.New(kind, _clock);
        using var carrier = new WebhookCarrier(new WebhookOptions("secret") { AllowPrivate = true }, _clock);
        await AddAsync(database, Of("a", Channel.Webhook, receiver.Address));
        for (var i = 0; i < 4; i++)
        {
            await new Dispatcher(database, [carrier]).DispatchAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(3, receiver.Got.Count);
        var id = Assert.Single(await AllAsync(database)).Id;
        Assert.All(receiver.Got, got =>
        {
            Assert.Equal(id.ToString(), got.Id);
            Assert.Equal(WebhookSignature.Of(WebhookSignature.KeyFor("secret", receiver.Address), id, got.Timestamp,
                got.Body), got.Signature);
        });
        Assert.NotEqual(receiver.Got[0].Signature, receiver.Got[2].Signature);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_dispatcher_that_died_is_replaced_and_several_share_the_work(DatabaseKind kind)
    {
        using var receiver = new WebhookReceiver();
        await using var database = databases.New(kind, _clock);
        using var carrier = new WebhookCarrier(new WebhookOptions("secret") { AllowPrivate = true }, _clock);
        await AddAsync(database, [.. Enumerable.Range(0, 20).Select(i =>
            Of($"n{i}", Channel.Webhook, receiver.Address))]);
        using var killed = new CancellationTokenSource();
        await killed.CancelAsync();
        // Has taken up two, and tells nothing of them any more.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Dispatcher(database, [carrier]).DispatchAsync(2, killed.Token));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await new Dispatcher(database, [carrier]).DispatchAsync(3) > 0)
            {
            }
        })));
        Assert.Equal(18, receiver.Got.Select(g => g.Id).Distinct().Count());
        Assert.Equal(18, receiver.Got.Count);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await new Dispatcher(database, [carrier]).DispatchAsync();
        Assert.Equal(20, receiver.Got.Select(g => g.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://user@example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    [InlineData("nonsense")]
    public async Task Webhooks_don_t_reach_inside(string address)
    {
        using var carrier = new WebhookCarrier(new WebhookOptions("secret"), _clock);
        var delivery = await carrier.DeliverAsync(new OutboxNotice
        {
            Id = Guid.CreateVersion7(), Topic = "t", Channel = Channel.Webhook, Recipient = address, Place = "",
            Subject = "a", Body = "{}", DedupeKey = "a", CreatedAt = 0,
        }, TestContext.Current.CancellationToken);
        Assert.True(delivery.Final, delivery.Error);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("255.255.255.255", false)]
    public void Addresses_are_public_or_not(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(System.Net.IPAddress.Parse(address)));

    private MailCarrier Mail(int port) => new(
        new MailOptions("127.0.0.1", port, "notice@zhida.example") { Security = SecureSocketOptions.None }, _clock);

    private static Notice Of(string subject, Channel channel, string recipient) =>
        new($"{subject}/{recipient}", "test", channel, recipient, subject, """{"text":"正文"}""");

    private static Task AddAsync(Database database, params Notice[] notices) => database.WriteAsync(work =>
    {
        foreach (var notice in notices) Outbox.Add(work, notice);
        return Task.CompletedTask;
    });

    private static Task<List<OutboxNotice>> AllAsync(Database database) => database.ReadAsync(work =>
        work.QueryAsync($"SELECT {Outbox.Columns} FROM outbox", Outbox.Read, []));
}
