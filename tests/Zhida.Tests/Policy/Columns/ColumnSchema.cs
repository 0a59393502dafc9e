using Zhida.Feel.Types;
using Zhida.Policy;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Columns;

/// <summary>A small dictionary with everything columns can be: 主体, its 贷款 with years, 项目 that loans may refer to, 担保
/// that must refer to a loan.</summary>
internal sealed class ColumnSchema
{
    private static readonly Location Nowhere = new("test", 1, 1);

    public ColumnSchema()
    {
        Subject = Type("主体", []);
        Project = Type("项目", [(Subject, false)]);
        Loan = Type("贷款", [(Subject, false), (Project, true)]);
        Guarantee = Type("担保", [(Subject, false), (Loan, false)]);
        foreach (var type in Types)
        {
            foreach (var (name, kind, of) in new (string, FactKind, FeelType)[]
            {
                ("旗", FactKind.Boolean, FeelType.Boolean), ("期", FactKind.Date, FeelType.Date),
                ("止", FactKind.Date, FeelType.Date), ("额", FactKind.Money, new NumberType(null, 0)),
                ("率", FactKind.Rate, new NumberType(null, -1, 1)),
                ("数", FactKind.Integer, new NumberType(null, -50, 50)),
                ("类", FactKind.Enumeration, FeelType.Text), ("业", FactKind.Industry, FeelType.Text),
                ("名", FactKind.Text, FeelType.Text), ("单", FactKind.Choices, FeelType.Text),
            })
                type.Facts.Add(new Fact(name, kind, of, type.Facts.Count, "", "", Nowhere) { Object = type });
        }
        Loan.YearFacts.Add(new Fact("付", FactKind.Money, new NumberType(null, 0), 0, "", "", Nowhere)
            { Object = Loan, Yearly = true });
        Loan.YearFacts.Add(new Fact("审", FactKind.Boolean, FeelType.Boolean, 1, "", "", Nowhere)
            { Object = Loan, Yearly = true });
    }

    public ObjectType Subject { get; }

    public ObjectType Project { get; }

    public ObjectType Loan { get; }

    public ObjectType Guarantee { get; }

    public IReadOnlyList<ObjectType> Types => [Subject, Project, Loan, Guarantee];

    private static ObjectType Type(string name, (ObjectType Target, bool Optional)[] references)
    {
        var type = new ObjectType(name, "", Nowhere);
        foreach (var (target, optional) in references)
            type.References.Add(new Zhida.Policy.Program.Reference(target, type.References.Count, optional));
        return type;
    }
}
