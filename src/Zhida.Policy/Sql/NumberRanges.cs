using System.Numerics;
using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>What the numbers of a plan can be at most, so that each is computed in a type that holds it. Facts are
/// BIGINT in the views, whatever their declared range; so unlike the nodes' own bounds these are always
/// known.</summary>
internal sealed class NumberRanges
{
    private static readonly BigInteger Most = long.MaxValue;

    private readonly Dictionary<Node, (BigInteger Low, BigInteger High)> _known = [];

    /// <summary>The least and the most a number can be.</summary>
    public (BigInteger Low, BigInteger High) Of(Node node)
    {
        if (_known.TryGetValue(node, out var known)) return known;
        var (low, high) = Computed(node);
        if (node.Low is { } least && (BigInteger)least > low) low = least;
        if (node.High is { } most && (BigInteger)most < high) high = most;
        return _known[node] = (low, BigInteger.Max(low, high));
    }

    /// <summary>Beyond BIGINT.</summary>
    public bool IsWide(Node node) => Bits(node) > 63;

    public long Bits(Node node) => Of(node) is var (low, high) ? Bits(low, high) : 0;

    public static long Bits(BigInteger low, BigInteger high) =>
        Math.Max(BigInteger.Abs(low).GetBitLength(), BigInteger.Abs(high).GetBitLength());

    /// <summary>The dividend with what is added to it before it is divided.</summary>
    public (BigInteger Low, BigInteger High) Dividend(Node quotient)
    {
        var ((low, high), (_, divisor)) = (Of(quotient.Children[0]), Of(quotient.Children[1]));
        return (low - divisor, high + divisor);
    }

    private (BigInteger Low, BigInteger High) Computed(Node node)
    {
        var children = node.Children;
        switch (node.Op)
        {
            case Op.Constant:
                var value = (BigInteger)(Int128)node.Constant;
                return (value, value);
            case Op.Unknown:
                return (0, 0);
            case Op.Lift or Op.NonZero or Op.Least or Op.Most:
                return Of(children[0]);
            case Op.If:
                return Widest(Of(children[1]), Of(children[2]));
            case Op.Minimum or Op.Maximum when node.Type == NodeType.Number:
                return Widest(Of(children[0]), Of(children[1]));
            case Op.Add:
                return Of(children[0]) is var (a, b) && Of(children[1]) is var (c, d) ? (a + c, b + d) : default;
            case Op.Subtract:
                return Of(children[0]) is var (e, f) && Of(children[1]) is var (g, h) ? (e - h, f - g) : default;
            case Op.Multiply:
                return Product(Of(children[0]), Of(children[1]));
            case Op.Rescale:
                var power = BigInteger.Pow(10, (int)node.Payload!);
                return Of(children[0]) is var (i, j) ? (i * power, j * power) : default;
            case Op.Divide:
                return Of(children[0]) is var (k, l) ? (BigInteger.Min(0, k - 1), BigInteger.Max(0, l + 1)) : default;
            case Op.Sum:
                return Product(Of(children[0]), (0, 1_000_000));
            default:
                return (-Most, Most);
        }
    }

    private static (BigInteger, BigInteger) Widest((BigInteger Low, BigInteger High) a, (BigInteger Low,
        BigInteger High) b) =>
        (BigInteger.Min(a.Low, b.Low), BigInteger.Max(a.High, b.High));

    private static (BigInteger, BigInteger) Product(
        (BigInteger Low, BigInteger High) a, (BigInteger Low, BigInteger High) b)
    {
        BigInteger[] corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        return (corners.Min(), corners.Max());
    }
}
