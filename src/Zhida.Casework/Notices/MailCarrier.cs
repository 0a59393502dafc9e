using System.Net.Sockets;
using System.Text.Json;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Zhida.Casework.Notices;

/// <summary>The mail server, as the configuration has it.</summary>
/// <param name="From">The sender's address; what stands behind @ is also the domain of Message-IDs.</param>
public sealed record MailOptions(string Host, int Port, string From)
{
    /// <summary>None only within one machine or a closed net.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;

    /// <summary>Null: the server asks for none.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Notices by mail. The same notice has the same Message-ID, by which mail programs drop the second.</summary>
public sealed class MailCarrier(MailOptions options, TimeProvider clock) : ICarrier
{
    public Channel Channel => Channel.Mail;

    public async Task<Delivery> DeliverAsync(OutboxNotice notice, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(notice.Recipient, out var to)) return Delivery.Never("不是邮件地址");
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, options.Security, stop);
            if (options.User is not null) await client.AuthenticateAsync(options.User, options.Password ?? "", stop);
            await client.SendAsync(Compose(notice, to), stop);
        }
        catch (SmtpCommandException e)
        {
            // 5yz is for good (RFC 5321, 4.2.1), 4yz for now.
            return (int)e.StatusCode >= 500 ? Delivery.Never(e.Message) : Delivery.Later(e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or AuthenticationException
            or SslHandshakeException or TimeoutException or ServiceNotConnectedException)
        {
            return Delivery.Later(e.Message);
        }
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException)
        {
            // It has taken the mail; how it says good-bye doesn't matter.
        }
        return Delivery.Done;
    }

    private MimeMessage Compose(OutboxNotice notice, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(options.From);
        using var body = JsonDocument.Parse(notice.Body);
        var message = new MimeMessage
        {
            MessageId = $"{notice.Id}@{from.Domain}", Date = clock.GetUtcNow(), Subject = notice.Subject,
            Body = new TextPart("plain") { Text = body.RootElement.GetProperty("text").GetString() ?? "" },
        };
        message.From.Add(from);
        message.To.Add(to);
        // Nobody's holiday notice is wanted back (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
