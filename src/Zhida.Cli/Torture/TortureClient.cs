using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>Drives one made-up subject after the other through random histories, and writes down what it is told.
/// </summary>
internal sealed class TortureClient(int port, TortureLog log, string name, string sample, int seed) : IDisposable
{
    /// <summary>Of the steps of a history; with its cases it is then left as it is.</summary>
    private const int FewestSteps = 10, MostSteps = 30;

    private const int OneInGrants = 12, OneInDoubles = 10, OneInStale = 25, OneInBanks = 4;

    /// <summary>A grant adds a little more than a case takes, on average.</summary>
    private const int LeastGrant = -100_000_000, MostGrant = 260_000_000;

    private readonly Random _random = new(seed);
    private readonly TortureLink _link = new(port, log);

    /// <summary>For what is sent twice at once.</summary>
    private readonly TortureLink _other = new(port, log);

    public async Task RunAsync(CancellationToken stop)
    {
        await GrantAsync(MostGrant);
        for (var subject = 0; !stop.IsCancellationRequested; subject++)
        {
            var id = $"示范{name}-{subject}";
            var scenario = _random.Next(OneInBanks) == 0 ? Scenario.Bank(id, _random) : Scenario.Firm(id, sample);
            var files = new TortureAnswer?[scenario.Objects.Count];
            for (var steps = _random.Next(FewestSteps, MostSteps); steps > 0 && !stop.IsCancellationRequested; steps--)
            {
                if (_random.Next(OneInGrants) == 0) await GrantAsync(_random.Next(LeastGrant, MostGrant));
                var at = _random.Next(files.Length);
                files[at] = await StepAsync(scenario, scenario.Objects[at], files[at]);
            }
            foreach (var file in files.OfType<TortureAnswer>()) await ReadAsync(file);
        }
    }

    public void Dispose()
    {
        _link.Dispose();
        _other.Dispose();
    }

    private async Task<TortureAnswer> StepAsync(Scenario scenario, string claim, TortureAnswer? file)
    {
        var next = file is null ? null : NextMove.Of(file.Phase, scenario.Item == Scenario.Quota, _random);
        if (file is null || next is not { } move) return await OpenAsync(scenario, claim);
        var version = _random.Next(OneInStale) == 0 ? file.Version - 1 : file.Version;
        var given = MoveTable.Of(move).By == Mover.Applicant && move != Move.Withdraw;
        var request = new TortureRequest(Guid.CreateVersion7(), Operation.Move)
        {
            Case = file.Case, Version = version, Move = move, By = scenario.Actor(move, file.Holder, _random),
            Reason = "示范", Facts = given ? scenario.Facts : null, Materials = given ? scenario.Materials : null,
        };
        var answers = _random.Next(OneInDoubles) == 0 ? await TwiceAsync(request) : [await _link.AskAsync(request)];
        if (answers.FirstOrDefault(a => a.Code is null) is not { } made)
        {
            log.Refused[request.Id] = answers[0].Code!;
            return file;
        }
        log.Moves[request.Id] = new Acknowledged(made.Case, move, made.Version, made.Phase);
        return made;
    }

    private async Task<TortureAnswer[]> TwiceAsync(TortureRequest request)
    {
        log.Double();
        return await Task.WhenAll(_link.AskAsync(request), _other.AskAsync(request));
    }

    private async Task<TortureAnswer> OpenAsync(Scenario scenario, string claim)
    {
        var opened = await _link.AskAsync(new TortureRequest(Guid.CreateVersion7(), Operation.Open)
        {
            By = scenario.Owner, Item = scenario.Item, Subject = scenario.Subject, Object = claim,
            Period = scenario.Period, Facts = scenario.Facts,
        });
        if (opened.Code is not null) throw new InvalidOperationException($"{opened.Code} {opened.Message}");
        log.Opened[opened.Case] = scenario.Subject;
        return opened;
    }

    /// <summary>Nobody else works on this subject's cases: what is read is what was last told.</summary>
    private async Task ReadAsync(TortureAnswer last)
    {
        var read = await _link.AskAsync(new TortureRequest(Guid.CreateVersion7(), Operation.Read) { Case = last.Case });
        if (read with { Id = last.Id } != last) log.Bugs.Enqueue($"读到的与最后得知的不同：{read} {last}");
    }

    private async Task GrantAsync(long fen)
    {
        var id = Guid.CreateVersion7();
        var answer = await _link.AskAsync(new TortureRequest(id, Operation.GrantBudget)
        {
            Item = Scenario.Loans, Amount = fen,
        });
        (answer.Code is null ? log.Grants : log.RefusedGrants)[id] = fen;
    }
}
