using CsCheck;
using Xunit;
using Zhida.Policy.Columns;
using Zhida.Policy.Plans;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Columns;

/// <summary>Kernels against one row at a time: random nodes over random chunks with unknown facts, on vectors of every
/// width, over whole domains and over selections, row counts around the words of bits.</summary>
public sealed class EvaluatorTests
{
    private const int Tries = 400;

    private static readonly ColumnSchema Schema = new();

    private static readonly ReferenceTables Tables = ReferenceTables.Load(
        Directory.GetFiles(Repository.PathOf("reference")).ToDictionary(f => f, File.ReadAllBytes));

    private static readonly Gen<int> Subjects = Gen.OneOf(
        Gen.Int[0, 3], Gen.Int[62, 66], Gen.Int[126, 130], Gen.Int[30, 200]);

    [Theory]
    [InlineData(VectorWidth.None)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits512)]
    [InlineData(VectorWidth.WithBytePermutes)]
    public void Every_operation_is_worth_what_it_is_worth_row_by_row(VectorWidth width)
    {
        var least = width < Machine.Widest ? width : Machine.Widest;
        Gen.Select(Gen.Int, Subjects).Sample((seed, subjects) => Agree(seed, subjects, least), iter: Tries);
    }

    private static void Agree(int seed, int subjects, VectorWidth width)
    {
        var random = new Random(seed);
        var chunk = new RandomChunk(Schema, random).Make(subjects);
        var nodes = new RandomNodes(Schema, random);
        var domain = nodes.Domains[random.Next(nodes.Domains.Count)];
        var roots = Enumerable.Range(0, 6).Select(_ => nodes.Any(domain, random.Next(5))).ToList();
        // Each root is an item of its own: what they share is shared.
        var evaluator = new Evaluator(new NodeFacts(roots.Select(r => new[] { r })
            .Concat(nodes.Lines.Select(l => new[] { l.First, l.Last }))), Tables, width);
        var reference = new RowReference(chunk, new NodeEvaluator(Tables));
        for (var pass = 0; pass < 2; pass++)
        {
            evaluator.Begin(chunk, nodes.Lines);
            var whole = evaluator.Chunk.Whole(domain);
            var rows = reference.Rows(domain).ToList();
            Assert.Equal(rows.Count, whole.Count);
            // First some rows, then all, then others: whatever is kept must be right.
            foreach (var root in roots)
            {
                if (domain is not PairDomain) Check(root, Select(whole, random), rows, evaluator, reference);
                if (random.Next(2) == 0) Check(root, whole, rows, evaluator, reference);
            }
            chunk = pass == 0 ? new RandomChunk(Schema, random).Make(subjects + 1) : chunk;
            reference = new RowReference(chunk, new NodeEvaluator(Tables));
        }
    }

    private static Rows Select(Rows whole, Random random)
    {
        var share = random.Next(1, 101);
        int[] index = [.. Enumerable.Range(0, whole.Count).Where(_ => random.Next(100) < share)];
        return new Rows(whole.Domain, index.Length, index, new Arena());
    }

    private static void Check(Node node, Rows at, List<Row> rows, Evaluator evaluator, RowReference reference)
    {
        Vec vec = node.Type switch
        {
            NodeType.Bool => evaluator.Bool(node, at),
            NodeType.Text => evaluator.Text(node, at),
            _ => evaluator.Number(node, at),
        };
        for (var i = 0; i < at.Count; i++)
        {
            var expected = reference.Eval(node, rows[at.Index?[i] ?? i]);
            var known = vec.Known is null || Bits.Get(vec.Known, i);
            var cell = !known ? Cell.Unknown : vec switch
            {
                BoolVec truth => Cell.Of(Bits.Get(truth.Holds, i)),
                NumberVec number => Cell.Of(number[i]),
                _ => Cell.Of(((TextVec)vec).Text(i)),
            };
            if (cell != expected)
                Assert.Fail($"{node} over {node.Domain}, {at.Count} rows, row {i}: {cell}, expected {expected}");
        }
        if (vec is BoolVec bits && (at.Count & 63) != 0)
            Assert.Equal(0UL, bits.Holds[at.Words - 1] >> (at.Count & 63));
    }
}
