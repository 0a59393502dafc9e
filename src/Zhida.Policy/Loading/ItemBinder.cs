using Zhida.Feel;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>Binds an item: lays out its frame, then its sections in the order in which they need each other.</summary>
internal sealed class ItemBinder
{
    private readonly ItemContext _context;
    private readonly Report _report;
    private readonly Header _header;

    private ItemBinder(ItemSource source, PolicyContext policy)
    {
        _context = new ItemContext(source, policy, policy.NewScope());
        _report = policy.Report;
        _header = Header.Read(source.Section, _report);
    }

    /// <summary>Null where something required is missing or wrong; that is reported.</summary>
    public static Item? Bind(ItemSource source, PolicyContext policy) => new ItemBinder(source, policy).Run();

    /// <summary>Whether the policy's common conditions are not for this item.</summary>
    public static bool SkipsCommon(ItemSource source) =>
        source.Section.Parts.OfType<TextPart>().Any(p => p.Passage.Text.Contains("共同条件：不适用", StringComparison.Ordinal));

    private Item? Run()
    {
        var source = _context.Source;
        var words = new HeaderWords(_header, source, _report);
        CheckCommon();
        LayOutObjects();
        var parametersReader = new ParametersReader(_context);
        var lineSlot = Slot("行", _context.Object.LineRecord);
        var parameters = parametersReader.Read(out var openLists);
        var readingsReader = new ReadingsReader(_context);
        var readings = readingsReader.Read(openLists);
        var readingsSlot = readings.Count == 0 ? -1 : Slot("口径", readingsReader.Record);
        var (period, eventDate, accrual) = (words.Period(readings), BindEventDate(), BindAccrual());
        var eventSlot = DeclareEventDate(eventDate);
        var definitions = new DefinitionsBinder(_context);
        definitions.Run();
        var conditions = ConditionsReader.Read(_context);
        var amountReader = new AmountReader(_context);
        var amount = amountReader.Read();
        var caps = new CapsReader(_context).Read();
        var payers = PayersReader.Read(_context);
        var procedure = new ProcedureReader(_context);
        var (method, delivery, rounding) = (words.Method(), words.Delivery(), words.Rounding());
        var frame = new FrameLayout(_context.Scope.NextSlot, 0, _context.ObjectSlot, lineSlot, readingsSlot,
            eventSlot, _context.Reached) { ReadingsRecord = readingsReader.Record };
        var (steps, materials, services) = (procedure.Steps(), procedure.Materials(), procedure.Services());
        var (groups, forbidden) = procedure.Exclusions();
        var examples = _context.Policy.WithExamples
            ? new ExamplesReader(_context, _header, period, readings, caps, payers).Read() : [];
        if (period is null || eventDate is null || method is null || delivery is null) return null;
        return new Item
        {
            Id = $"{_context.Policy.Id}:{source.Number.Text}", Number = source.Number.Text, Title = source.Title.Text,
            Measure = source.Measure, Departments = words.Departments(), Object = _context.Object, Period = period,
            Accrual = accrual, Method = method.Value, Delivery = delivery.Value, EventDate = eventDate,
            Rounding = rounding, Parameters = [.. parameters, .. definitions.Cells], Readings = readings,
            Definitions = definitions.Definitions, Tables = definitions.Tables, Conditions = conditions,
            Amount = amount, Caps = [.. amountReader.Bounds, .. caps], ExclusionGroups = groups,
            ExclusionBases = forbidden, Payers = payers,
            Steps = steps, Materials = materials, Services = services, Examples = examples,
            OpenPlaces = _context.OpenPlaces, Frame = frame, Location = source.Number.Location,
            PrefersDeclared = words.PrefersDeclared(),
        };
    }

    private void CheckCommon()
    {
        if (_header["共同条件"] is not { } cell) return;
        if (!cell.TryBracket(out var word, out var reason) || !word.Is("不适用") || reason.IsEmpty)
            _report.Error("item.header", cell, "共同条件只能写“不适用”并说明理由", "写成 不适用（理由），或删去");
    }

    private int Slot(string name, FeelType type)
    {
        var symbol = new Symbol(name, type, _context.NewSlot());
        _context.Scope.Add(symbol);
        return symbol.Slot;
    }

    /// <summary>主体, the claim object, and what it refers to where only one way leads there.</summary>
    private void LayOutObjects()
    {
        var dictionary = _context.Policy.Dictionary;
        if (_header["对象"] is { } name && !name.Is(DictionaryReader.Subject))
        {
            if (dictionary.Objects.TryGetValue(name.Text, out var type)) _context.Object = type;
            else _report.Error("path.object", name, $"数据字典里没有对象“{name.Text}”",
                Nearest.Mend(name.Text, dictionary.Objects.Keys));
        }
        Slot(DictionaryReader.Subject, dictionary.Subject.Record);
        if (_context.Object == dictionary.Subject) return;
        _context.ObjectSlot = Slot(_context.Object.Name, _context.Object.Record);
        var ways = new Dictionary<ObjectType, int>();
        Count(_context.Object, ways, 0);
        Reach(_context.Object, _context.ObjectSlot, ways);
    }

    private static void Count(ObjectType from, Dictionary<ObjectType, int> ways, int depth)
    {
        // References may run in circles: no object is reached over more steps than this.
        if (depth > 8) return;
        foreach (var reference in from.References)
        {
            ways[reference.Target] = ways.GetValueOrDefault(reference.Target) + 1;
            Count(reference.Target, ways, depth + 1);
        }
    }

    private void Reach(ObjectType from, int fromSlot, Dictionary<ObjectType, int> ways)
    {
        foreach (var reference in from.References)
        {
            var target = reference.Target;
            if (target.Name == DictionaryReader.Subject || ways[target] != 1 || target == _context.Object) continue;
            var slot = Slot(target.Name, target.Record);
            _context.Reached.Add(new ReachedObject(target, slot, fromSlot, reference.Slot));
            Reach(target, slot, ways);
        }
    }

    private Expr? BindEventDate()
    {
        if (_header["事项发生日"] is { } cell) return _context.Bind(ItemContext.CodeOf(cell), FeelType.Date, "事项发生日");
        _report.Error("item.header", _context.Source.Number, "缺少“事项发生日”", "写日期数据项的路径，如 事项发生日：贷款.发放日，或 判定日");
        return null;
    }

    private int DeclareEventDate(Expr? eventDate)
    {
        var symbol = new Symbol("事项发生日", FeelType.Date, _context.NewSlot());
        if (eventDate is not null) symbol.Define(eventDate);
        _context.Scope.Add(symbol);
        return symbol.Slot;
    }

    private Expr? BindAccrual()
    {
        if (_header["期间"] is not { } cell) return null;
        var range = _context.Bind(ItemContext.CodeOf(cell), new RangeType(FeelType.Date), "期间");
        if (range is RangeLiteral { StartIncluded: false } or RangeLiteral { EndIncluded: false })
            _report.Error("item.header", cell, "期间的首日和末日都计在内", "写成 `[起..止]`");
        return range;
    }
}
