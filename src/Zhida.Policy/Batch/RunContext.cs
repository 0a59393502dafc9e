using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>What a population run decides: a program (with its layers) on a day, some or all of its items. Shared by
/// the threads of the run.</summary>
public sealed class RunContext
{
    public RunContext(PolicyProgram program, ReferenceTables tables, DateOnly on, IReadOnlyList<Item> items) =>
        (Program, Reference, On, Items) = (program, tables, on, items);

    public PolicyProgram Program { get; }

    public ReferenceTables Reference { get; }

    /// <summary>判定日.</summary>
    public DateOnly On { get; }

    /// <summary>The items that are decided, in the order of the program.</summary>
    public IReadOnlyList<Item> Items { get; }

    /// <summary>Sets of missing facts: their paths in the order of the dictionary, joined by ；.</summary>
    public Pool Missing { get; } = new();

    /// <summary>Where subjects are counted.</summary>
    public Cities Cities => field ??= Cities.Of(Reference.Divisions);
}

/// <summary>The places by which a run counts: the cities of Liaoning, 沈抚示范区, 省外 and 未知; by the derived fact
/// 主体.管辖 (else 主体.注册地).</summary>
public sealed class Cities
{
    private readonly Dictionary<string, int> _byPrefix = new(StringComparer.Ordinal);

    private Cities(IReadOnlyList<string> names) => Names = names;

    /// <summary>Names by index; the last is 未知, the one before it 省外.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Unknown => Names.Count - 1;

    public static Cities Of(Divisions divisions)
    {
        var places = divisions.All.Where(d => d.Level == "city" || d.Code == Divisions.Zone)
            .OrderBy(d => d.Code, StringComparer.Ordinal).ToList();
        var cities = new Cities([.. places.Select(p => p.Name), "省外", "未知"]);
        for (var i = 0; i < places.Count; i++)
            cities._byPrefix[places[i].Code == Divisions.Zone ? Divisions.Zone : places[i].Code[..4]] = i;
        return cities;
    }

    /// <summary>The index of the place of a division's code; an empty one is unknown.</summary>
    public int IndexOf(string code) => code.Length == 0 ? Unknown
        : _byPrefix.TryGetValue(code == Divisions.Zone || code.Length < 4 ? code : code[..4], out var index) ? index
        : Unknown - 1;
}
