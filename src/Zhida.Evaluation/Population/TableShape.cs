using ParquetSharp;
using ParquetSharp.Schema;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>A table's columns by what they hold, and as Parquet has them: ids, texts and codes as String, 是否 as
/// Boolean, 日期 as Date, numbers as DECIMAL over INT64 (18 digits, the scale of <see cref="TableLayout.ScaleOf"/>) or
/// INT64.</summary>
internal sealed class TableShape
{
    private readonly Dictionary<Fact, int> _facts = [];
    private readonly Dictionary<ObjectType, int> _references = [];

    public TableShape(TableLayout layout)
    {
        Layout = layout;
        for (var i = 0; i < layout.Columns.Count; i++)
            if (layout.Columns[i] is { Role: ColumnRole.Fact } fact) _facts[fact.Fact!] = i;
            else if (layout.Columns[i] is { Role: ColumnRole.Reference } reference) _references[reference.Target!] = i;
    }

    public TableLayout Layout { get; }

    public string Name => Layout.Name;

    public int Width => Layout.Columns.Count;

    public int ColumnOf(Fact fact) => _facts[fact];

    public int ColumnOf(ObjectType target) => _references[target];

    public ColumnBuffer NewColumn(int index)
    {
        var column = Layout.Columns[index];
        var optional = column.Role is ColumnRole.Reference or ColumnRole.Fact or ColumnRole.UnknownObjects;
        if (column.Role == ColumnRole.Year) return new NumberBuffer(column.Name, null, optional);
        if (column.Role != ColumnRole.Fact) return new TextBuffer(column.Name, optional);
        return column.Fact!.Kind switch
        {
            FactKind.Boolean => new FlagBuffer(column.Name, optional),
            FactKind.Date => new DateBuffer(column.Name, optional),
            FactKind.Integer => new NumberBuffer(column.Name, null, optional),
            FactKind.Money or FactKind.Number or FactKind.Share or FactKind.Ratio or FactKind.Rate =>
                new NumberBuffer(column.Name, TableLayout.ScaleOf(column.Fact.Kind), optional),
            _ => new TextBuffer(column.Name, optional),
        };
    }

    /// <summary>Whether the column's texts are all different, or nearly: a dictionary would only cost.</summary>
    public bool HasManyTexts(int index) => Layout.Columns[index] is
        { Role: ColumnRole.Id or ColumnRole.Subject or ColumnRole.Owner or ColumnRole.Reference } or
        { Fact: { Kind: FactKind.CreditCode } or { Kind: FactKind.Text, Name: "名称" or "集团编号" or "车牌" } };
}

/// <summary>The values of one column of a row group: levels (0 where unknown) and the values that are known.</summary>
internal abstract class ColumnBuffer(string name, bool optional)
{
    private const int FirstSize = 1024;
    private short[] _levels = new short[FirstSize];
    private int _rows;

    protected int Known { get; private set; }

    public string Name { get; } = name;

    protected Repetition Repetition => optional ? Repetition.Optional : Repetition.Required;

    public void Add(in Cell cell)
    {
        if (optional)
        {
            if (_rows == _levels.Length) Array.Resize(ref _levels, _rows * 2);
            _levels[_rows] = cell.IsKnown ? (short)1 : (short)0;
        }
        else if (!cell.IsKnown) throw new InvalidOperationException($"{Name} must have a value");
        _rows++;
        if (cell.IsKnown) Store(cell, Known++);
    }

    public void Clear() => _rows = Known = 0;

    public abstract Node Node();

    public abstract void Write(ColumnWriter writer);

    protected abstract void Store(in Cell cell, int index);

    protected void Write<T>(ColumnWriter writer, T[] values) where T : unmanaged
    {
        var typed = (ColumnWriter<T>)writer;
        var known = values.AsSpan(0, Known);
        if (!optional) typed.WriteBatch(known);
        else if (_rows > 0) typed.WriteBatch(_rows, _levels.AsSpan(0, _rows), [], known);
    }

    protected static void Grow<T>(ref T[] values, int index)
    {
        if (index == values.Length) Array.Resize(ref values, index * 2);
    }
}

/// <summary>Texts.</summary>
internal sealed class TextBuffer(string name, bool optional) : ColumnBuffer(name, optional)
{
    private ByteArray[] _values = new ByteArray[1024];

    public override Node Node() =>
        new PrimitiveNode(Name, Repetition, LogicalType.String(), PhysicalType.ByteArray);

    public override void Write(ColumnWriter writer) => Write(writer, _values);

    protected override void Store(in Cell cell, int index)
    {
        Grow(ref _values, index);
        _values[index] = cell.Text;
    }
}

/// <summary>Whole numbers, or decimals of a scale.</summary>
internal sealed class NumberBuffer(string name, int? scale, bool optional) : ColumnBuffer(name, optional)
{
    private const int Digits = 18;
    private long[] _values = new long[1024];

    public override Node Node() => new PrimitiveNode(Name, Repetition,
        scale is { } places ? LogicalType.Decimal(Digits, places) : LogicalType.Int(64, isSigned: true),
        PhysicalType.Int64);

    public override void Write(ColumnWriter writer) => Write(writer, _values);

    protected override void Store(in Cell cell, int index)
    {
        Grow(ref _values, index);
        _values[index] = cell.Value;
    }
}

/// <summary>Days since 1970-01-01.</summary>
internal sealed class DateBuffer(string name, bool optional) : ColumnBuffer(name, optional)
{
    private int[] _values = new int[1024];

    public override Node Node() => new PrimitiveNode(Name, Repetition, LogicalType.Date(), PhysicalType.Int32);

    public override void Write(ColumnWriter writer) => Write(writer, _values);

    protected override void Store(in Cell cell, int index)
    {
        Grow(ref _values, index);
        _values[index] = (int)cell.Value;
    }
}

/// <summary>是否.</summary>
internal sealed class FlagBuffer(string name, bool optional) : ColumnBuffer(name, optional)
{
    private bool[] _values = new bool[1024];

    public override Node Node() => new PrimitiveNode(Name, Repetition, LogicalType.None(), PhysicalType.Boolean);

    public override void Write(ColumnWriter writer) => Write(writer, _values);

    protected override void Store(in Cell cell, int index)
    {
        Grow(ref _values, index);
        _values[index] = cell.Value != 0;
    }
}
