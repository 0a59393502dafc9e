using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>Makes subjects with all that they have, into the buffers of one row group. Subject i is a function of the
/// seed and of i alone. One for each thread.</summary>
internal sealed class SubjectMaker
{
    private const int CoreStream = 1, SubjectStream = 2, GroupStream = 3, CopyStream = 5, StoryStream = 100;

    /// <summary>Partners of joint projects and of groups stand side by side, or so many subjects apart.</summary>
    private const int FarApart = 50_021, Partners = 4, GroupSize = 8;

    /// <summary>Every so manieth subject is a worked example with other amounts.</summary>
    private const int CopyEvery = 50;

    /// <summary>In ten thousand: subjects that say nothing of some objects; what refers to nothing although it could;
    /// an object that is referred to again.</summary>
    private const int SaysNothing = 250, RefersToNothing = 150, RefersAgain = 4000;

    /// <summary>The year of facts that have no days.</summary>
    private const int OnlyYear = 2026;

    private readonly PopulationPlan _plan;
    private readonly ArchetypeBook _book;
    private readonly long _seed;
    private readonly Cell[][] _rows;
    private readonly List<Cell>[] _made;
    private readonly List<int> _madeStories = [];
    private readonly int[] _counts;
    private readonly List<StoryPlan> _chosen = [];
    private readonly Making _m;
    private readonly ArchetypeCopier _copier;

    public SubjectMaker(PopulationPlan plan, ArchetypeBook book, long seed)
    {
        (_plan, _book, _seed) = (plan, book, seed);
        _rows = [.. plan.Tables.Select(t => new Cell[t.Width])];
        _made = [.. plan.Stories.Select(_ => new List<Cell>())];
        _counts = new int[plan.Tables.Count];
        _m = new Making { Subject = _rows[0] };
        _copier = new ArchetypeCopier(plan, _m);
        Buffers = [.. plan.Tables.Select(t => new TableBuffer(
            Enumerable.Range(0, t.Width).Select(t.NewColumn)))];
    }

    /// <summary>By table.</summary>
    public IReadOnlyList<TableBuffer> Buffers { get; }

    public TableBuffer Grants { get; } = new(GrantRow.Columns());

    /// <summary>Makes the subjects from <paramref name="first"/> on, in place of those made before.</summary>
    public void Make(long first, long count)
    {
        foreach (var buffer in Buffers) buffer.Clear();
        Grants.Clear();
        _m.Texts.Clear();
        for (var i = first; i < first + count; i++) Make(i);
    }

    private void Make(long i)
    {
        var kind = Begin(i);
        if (i < _book.Archetypes.Count) Copy(_book.Archetypes[(int)i], kind, exactly: true);
        else if (i - _book.Archetypes.Count < _book.Sweeps) Sweep(kind, (int)(i - _book.Archetypes.Count));
        else if (new Draws(_seed, CopyStream, i) is var draws && _book.Archetypes.Count > 0 &&
                 draws.Below(CopyEvery) == 0)
            Copy(_book.Archetypes[draws.Below(_book.Archetypes.Count)], kind, exactly: false);
        else Invent(kind);
    }

    /// <summary>What is settled first: number, kind, place, codes.</summary>
    private KindPlan Begin(long i)
    {
        Array.Clear(_counts);
        foreach (var story in _madeStories) _made[story].Clear();
        _madeStories.Clear();
        _m.Number = i;
        var (kind, county, home) = CoreOf(i);
        (_m.County, _m.Home, _m.CreditCode) = (county, home, CodeOf(i, kind, home));
        var head = HeadOf(i);
        _m.GroupCode = head == i ? _m.CreditCode : CoreOf(head) is var (k, _, h) ? CodeOf(head, k, h) : default;
        _m.Draws = new Draws(_seed, SubjectStream, i);
        _rows[0][0] = SubjectId(i);
        return _plan.Kinds[kind];
    }

    private (int Kind, int County, Cell Home) CoreOf(long i)
    {
        var draws = new Draws(_seed, CoreStream, i);
        var kind = _plan.DrawKind(ref draws);
        if (draws.Chance(_plan.Elsewhere))
            return (kind, -1, _plan.Places.Elsewhere[draws.Below(_plan.Places.Elsewhere.Length)]);
        var county = _plan.Places.Draw(ref draws);
        return (kind, county, _plan.Places.Counties[county]);
    }

    private Cell CodeOf(long i, int kind, Cell home)
    {
        Span<byte> code = stackalloc byte[CreditCodes.Length];
        CreditCodes.Write(code, _plan.Kinds[kind].Authority, home.Bytes, i);
        return _m.Text(code);
    }

    /// <summary>The head of the group of enterprises that a subject belongs to; itself where it belongs to none.
    /// </summary>
    private long HeadOf(long i)
    {
        foreach (var (stride, chance) in ((int, int)[])[(1, _plan.NearGroups), (FarApart, _plan.FarGroups)])
        {
            var (block, at) = BlockOf(i, stride, GroupSize);
            var draws = new Draws(_seed, GroupStream, block * 2 + (stride == 1 ? 0 : 1));
            if (draws.Chance(chance) && at < 2 + draws.Below(GroupSize - 2)) return i - (long)at * stride;
        }
        return i;
    }

    /// <summary>Subjects in blocks of so many that stand a stride apart: the block's number, and which of them it is.
    /// </summary>
    private static (long Block, int At) BlockOf(long i, int stride, int size)
    {
        long whole = (long)stride * size;
        return (i / whole * stride + i % stride, (int)(i / stride % size));
    }

    private void Invent(KindPlan kind)
    {
        _chosen.Clear();
        foreach (var (story, frequency) in kind.Stories)
            if (frequency > 0 && _m.Draws.Chance(frequency)) _chosen.Add(story);
        kind.Facts.Fill(_m, _rows[0]);
        foreach (var story in _chosen) story.SubjectFacts.Fill(_m, _rows[0]);
        foreach (var story in _chosen)
        {
            for (var left = story.Counts.Draw(_m).Value; left > 0; left--) MakeObject(story, Cell.Unknown);
            AddGrant(story);
        }
        foreach (var (story, _) in kind.Stories)
            if (story.Words.Joint > 0) MakeJoint(story);
        kind.Facts.Blank(ref _m.Draws, _rows[0]);
        _rows[0][^1] = UnknownObjects();
        Buffers[0].Add(_rows[0]);
    }

    /// <summary>One object of every type, whose words are the <paramref name="step"/>th of what is allowed: so that
    /// every population has them all.</summary>
    private void Sweep(KindPlan kind, int step)
    {
        kind.Facts.Fill(_m, _rows[0]);
        SetWords(0, step);
        foreach (var story in _plan.Stories)
            if (story.Words.Name == "泛泛") MakeObject(story, Cell.Unknown, step);
        _rows[0][^1] = Cell.Unknown;
        Buffers[0].Add(_rows[0]);
    }

    private void SetWords(int table, int step)
    {
        foreach (var (column, words) in _book.Words[table]) _rows[table][column] = words[step % words.Length];
    }

    /// <param name="story">What is told.</param>
    /// <param name="joint">The id of the object that it refers to by its story; unknown: one of its own.</param>
    /// <param name="step">Of a sweep; −1: none.</param>
    private Cell MakeObject(StoryPlan story, Cell joint, int step = -1)
    {
        var row = _rows[story.Table];
        // What is referred to may be of a type that is being made: it has rows of its own, and comes first.
        foreach (var (column, target, to) in story.Refers)
            row[column] = to is null ? Cell.Unknown
                : joint.IsKnown && column == story.Refers.First(r => r.Story is not null).Column ? joint
                : _m.Draws.Chance(RefersToNothing) ? Cell.Unknown
                : _made[to.Index] is { Count: > 0 } made && _m.Draws.Chance(RefersAgain) ? made[^1]
                : MakeObject(to, Cell.Unknown);
        (row[0], row[1]) = (NewId(story.Table), _rows[0][0]);
        story.Facts.Fill(_m, row);
        if (step >= 0) SetWords(story.Table, step);
        MakeYears(story, row);
        if (step < 0) story.Facts.Blank(ref _m.Draws, row);
        Buffers[story.Table].Add(row);
        if (_made[story.Index].Count == 0) _madeStories.Add(story.Index);
        _made[story.Index].Add(row[0]);
        return row[0];
    }

    private void MakeYears(StoryPlan story, Cell[] owner)
    {
        if (story.Years is not { } years) return;
        var (first, last) = years.First < 0 ? (0L, 0L) : (owner[years.First].Value, owner[years.Last].Value);
        var (from, to) = years.First < 0 ? (OnlyYear, OnlyYear) : (Days.YearOf(first), Days.YearOf(last));
        var row = _rows[years.Table];
        for (var year = from; year <= to; year++)
        {
            _m.Owner = owner;
            _m.Days = years.First < 0 ? 365 : Days.InYear(year, first, last);
            years.Facts.Fill(_m, row);
            years.Facts.Blank(ref _m.Draws, row);
            (row[0], row[1], row[2]) = (_rows[0][0], owner[0], Cell.Of(year));
            Buffers[years.Table].Add(row);
        }
    }

    /// <summary>A project that several subjects carry out together: the same id and facts under each, and a loan of
    /// each one's own; or a standard that several lead.</summary>
    private void MakeJoint(StoryPlan story)
    {
        foreach (var stride in (int[])[1, FarApart])
        {
            var (block, at) = BlockOf(_m.Number, stride, Partners);
            var draws = new Draws(_seed, StoryStream + story.Index * 2 + (stride == 1 ? 0 : 1), block);
            if (!draws.Chance(story.Words.Joint) || at >= 2 + draws.Below(Partners - 1)) continue;
            var own = _m.Draws;
            _m.Draws = draws;
            var id = JointId(story, block, stride == 1 ? "A"u8 : "B"u8);
            var target = story.Refers.Select(r => r.Story).FirstOrDefault(s => s is not null);
            MakeShared(target ?? story, id);
            _m.Draws = own;
            if (target is not null) MakeObject(story, id);
        }
    }

    private Cell JointId(StoryPlan story, long block, ReadOnlySpan<byte> series)
    {
        var id = new TextBuilder(stackalloc byte[24]);
        id.Add("J"u8);
        id.Add(story.Index);
        id.Add("-"u8);
        id.Add(block, 9);
        id.Add(series);
        return _m.Text(id.Bytes);
    }

    private void MakeShared(StoryPlan story, Cell id)
    {
        var row = _rows[story.Table];
        foreach (var (column, _, _) in story.Refers) row[column] = Cell.Unknown;
        (row[0], row[1]) = (id, _rows[0][0]);
        story.Facts.Fill(_m, row);
        story.Facts.Blank(ref _m.Draws, row);
        _counts[story.Table]++;
        Buffers[story.Table].Add(row);
    }

    private void AddGrant(StoryPlan story)
    {
        if (story.Grant is not { } grant || !_m.Draws.Chance(grant.Chance)) return;
        Grants.Add([_rows[0][0], grant.Item, grant.Scope, Cell.Unknown, grant.Period, grant.Amount.Draw(_m)]);
    }

    private Cell UnknownObjects()
    {
        if (!_m.Draws.Chance(SaysNothing)) return Cell.Unknown;
        var names = new TextBuilder(stackalloc byte[256]);
        var at = _m.Draws.Below(_counts.Length);
        for (var i = 0; i < 3; i++)
        {
            at = (at + 1 + _m.Draws.Below(7)) % _counts.Length;
            // Of an object that is there it can't be unknown whether there is one.
            if (at == 0 || _plan.Tables[at].Layout.Yearly || _counts[at] > 0 ||
                names.Bytes.IndexOf(_book.Names[at].Bytes) >= 0) continue;
            if (names.Length > 0) names.Add("；"u8);
            names.Add(_book.Names[at].Bytes);
        }
        return names.Length > 0 ? _m.Text(names.Bytes) : Cell.Unknown;
    }

    /// <summary>A worked example; or one with other amounts, and what it doesn't say of its subject made up.</summary>
    private void Copy(Archetype archetype, KindPlan kind, bool exactly) =>
        _copier.Copy(archetype, kind, exactly, _rows, NewId, Buffers, Grants);

    private Cell SubjectId(long i)
    {
        var id = new TextBuilder(stackalloc byte[24]);
        id.Add("S"u8);
        id.Add(i, 9);
        return _m.Text(id.Bytes);
    }

    /// <summary>Different over the whole population, so that no account is shared by accident.</summary>
    private Cell NewId(int table)
    {
        var id = new TextBuilder(stackalloc byte[40]);
        id.Add(_m.Number, 9);
        id.Add("-"u8);
        id.Add(_plan.Initials[table]);
        id.Add(++_counts[table]);
        return _m.Text(id.Bytes);
    }
}
