using ParquetSharp;
using Zhida.Policy;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>How the columns of a Parquet file fit a plan.</summary>
/// <param name="Part">The file with its columns.</param>
/// <param name="Names">The names of its columns in order.</param>
/// <param name="IsPlain">Every column that is read is of a type that is read as it is; else rows are taken in one by
/// one.</param>
internal sealed record ParquetShape(ParquetPart Part, IReadOnlyList<string> Names, bool IsPlain)
{
    public static ParquetShape Of(TablePlan plan, string path, string shown, List<Finding> findings)
    {
        using var file = new ParquetFileReader(path);
        var schema = file.FileMetaData.Schema;
        var names = new List<string>();
        var fields = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < schema.NumColumns; i++)
        {
            var name = schema.ColumnRoot(i).Name;
            if (fields.TryAdd(name, i)) names.Add(name);
        }
        var (columns, plain) = (new PartColumn?[plan.Columns.Count], true);
        for (var i = 0; i < columns.Length; i++)
        {
            if (!fields.TryGetValue(plan.Columns[i].Name, out var index)) continue;
            var column = schema.Column(index);
            columns[i] = Fit(plan.Columns[i].Rule, column, index);
            if (columns[i] is not null) continue;
            plain = false;
            columns[i] = new PartColumn(index);
            if (!CanBeTaken(plan.Columns[i].Rule, column))
                findings.Add(Finding.Error("rows.type", new Location(shown, 1, index + 1),
                    $"列“{plan.Columns[i].Name}”的类型是 {Describe(column)}，读不成{Wanted(plan.Columns[i].Rule)}",
                    "换成这种类型，或写成文字"));
        }
        // A file without the column by which it is ordered is reported by its names.
        return new ParquetShape(new ParquetPart(path, shown, columns, null, null), names,
            plain && columns[0] is not null);
    }

    /// <summary>The column as it can be read directly; null where it can't.</summary>
    private static PartColumn? Fit(CellRule rule, ColumnDescriptor column, int index)
    {
        if (column.MaxRepetitionLevel > 0 || column.MaxDefinitionLevel > 1) return null;
        using var type = column.LogicalType;
        var isInteger = column.PhysicalType is PhysicalType.Int32 or PhysicalType.Int64;
        switch (rule.Shape)
        {
            case CellShape.Number when isInteger && type is NoneLogicalType or IntLogicalType { IsSigned: true }:
                return new PartColumn(index, CellRule.Power(rule.Scale));
            case CellShape.Number when isInteger && type is DecimalLogicalType number:
                return new PartColumn(index, CellRule.Power(Math.Max(0, rule.Scale - number.Scale)),
                    CellRule.Power(Math.Max(0, number.Scale - rule.Scale)));
            case CellShape.Date when column.PhysicalType == PhysicalType.Int32 && type is DateLogicalType:
            case CellShape.Flag when column.PhysicalType == PhysicalType.Boolean:
            case CellShape.Shared or CellShape.Own when column.PhysicalType == PhysicalType.ByteArray &&
                                                        type is StringLogicalType or EnumLogicalType or NoneLogicalType:
                return new PartColumn(index);
            default:
                return null;
        }
    }

    /// <summary>Whether a value of the type can ever be understood.</summary>
    private static bool CanBeTaken(CellRule rule, ColumnDescriptor column)
    {
        using var type = column.LogicalType;
        var isNested = column.MaxRepetitionLevel > 0 || column.Path.ToDotVector().Length > 1;
        if (isNested) return rule.IsList && column.MaxRepetitionLevel == 1;
        var isDay = type is DateLogicalType or TimestampLogicalType || column.PhysicalType == PhysicalType.Int96;
        var isText = column.PhysicalType == PhysicalType.ByteArray && type is not DecimalLogicalType;
        var isFlag = column.PhysicalType == PhysicalType.Boolean;
        return isText || rule.Shape switch
        {
            CellShape.Date => isDay,
            CellShape.Number => !isDay && !isFlag,
            CellShape.Flag => !isDay,
            _ => true,
        };
    }

    private static string Describe(ColumnDescriptor column)
    {
        using var type = column.LogicalType;
        return type is NoneLogicalType ? $"{column.PhysicalType}" : $"{column.PhysicalType}（{type.Type}）";
    }

    private static string Wanted(CellRule rule) => rule.Shape switch
    {
        CellShape.Date => "日期",
        CellShape.Flag => "是否",
        CellShape.Number => "数字",
        _ when rule.IsList => "列表",
        _ => "文字",
    };
}
