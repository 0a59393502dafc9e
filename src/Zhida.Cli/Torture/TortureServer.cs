using System.Net.Sockets;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Paper;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Torture;

/// <summary>The process that is killed: cases and money behind a socket, done by the code that does them anywhere. Each
/// connection asks one thing at a time; there are many.</summary>
/// <param name="open">The database, with so many pages at most (0: any number).</param>
internal sealed class TortureServer(Func<uint, Database> open, DecisionMaker maker, string bundles)
{
    /// <summary>So often the audit chain is sealed that kills meet it.</summary>
    private static readonly SealingOptions Often = new() { Pause = TimeSpan.FromMilliseconds(50) };

    private Desk _desk = Desk.Over(open(0), maker, bundles);
    private Task _sealing = Task.CompletedTask;

    /// <summary>Serves, and seals beside it, until it is stopped.</summary>
    public async Task RunAsync(TcpListener listener, CancellationToken stop = default)
    {
        await using var database = open(0);
        var loop = new SealingLoop(database, checkpoints: null, Often);
        _sealing = Task.Run(() => loop.RunAsync(_ => { }, stop), CancellationToken.None);
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop), stop);
        }
        catch (OperationCanceledException)
        {
            await _sealing;
            await _desk.Database.DisposeAsync();
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream()))
        using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
            try
            {
                while (await reader.ReadLineAsync(stop) is { } line)
                    await writer.WriteLineAsync(Wire.Line(await AnswerAsync(Wire.Read<TortureRequest>(line))));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client went away, or the server does.
            }
    }

    private async Task<TortureAnswer> AnswerAsync(TortureRequest request)
    {
        try
        {
            if (_sealing.IsFaulted) await _sealing;
            return await DoAsync(request);
        }
        catch (Exception e)
        {
            return new TortureAnswer(request.Id)
            {
                Code = StorageFaults.Of(e) switch
                {
                    StorageFault.Full => TortureAnswer.Full,
                    StorageFault.None => TortureAnswer.Bug,
                    _ => TortureAnswer.Away,
                },
                Message = e.ToString(),
            };
        }
    }

    private async Task<TortureAnswer> DoAsync(TortureRequest request)
    {
        var (database, cases) = _desk;
        switch (request.Operation)
        {
            case Operation.Open:
                return Of(request, await cases.OpenAsync(request.By!, request.Item, request.Subject, "示范企业",
                    request.Object, request.Period, request.Facts!));
            case Operation.Move:
                return Of(request, await MoveAsync(request));
            case Operation.Read:
                return await database.ReadAsync(work =>
                    CaseQueries.FindAsync(work, maker.Program, Person.Program, request.Case)) is { } found
                    ? TortureAnswer.Of(request.Id, found)
                    : new TortureAnswer(request.Id) { Code = "not-found" };
            case Operation.GrantBudget:
                var granted = await database.WriteAsync(work => Budgets.GrantAsync(
                    work, request.Id, request.Item, Scenario.Payer, Scenario.Province, Scenario.Year, request.Amount));
                return new TortureAnswer(request.Id) { Code = granted.Problems.Select(p => p.Code).FirstOrDefault() };
            default:
                // What is under way ends on the database that it began on.
                _desk = Desk.Over(open((uint)request.Amount), maker, bundles);
                return new TortureAnswer(request.Id);
        }
    }

    /// <summary>Moves of the program are made within a transaction of its own, as publicity and payment make them.
    /// </summary>
    private Task<Result<Case>> MoveAsync(TortureRequest request)
    {
        var (database, cases) = _desk;
        var move = new MoveRequest(request.Id, request.Case, request.Version, request.Move, request.By!)
        {
            Reason = request.Reason, Facts = request.Facts, Materials = request.Materials,
        };
        return request.By!.Role == Role.Program && request.Move != Move.Verify
            ? database.WriteAsync(work => cases.MoveAsync(work, move)) : cases.MoveAsync(move);
    }

    private static TortureAnswer Of(TortureRequest request, Result<Case> made) => made.Succeeded
        ? TortureAnswer.Of(request.Id, made.Value!)
        : new TortureAnswer(request.Id) { Code = made.Problems[0].Code, Message = made.Problems[0].Message };

    private sealed record Desk(Database Database, CaseDesk Cases)
    {
        public static Desk Over(Database database, DecisionMaker maker, string bundles) =>
            new(database, new CaseDesk(database, maker, bundles,
                new PaperTerms(office => new Contact(office, "12345", "示范地址1号")), registers: []));
    }
}
