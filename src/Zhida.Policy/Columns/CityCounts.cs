using System.Numerics;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Counts the lines of a chunk that failed, by the city of their subject. Used by one thread.</summary>
/// <param name="jurisdiction">A text over subjects; null: no city is known.</param>
internal sealed class CityCounts(Cities cities, Node? jurisdiction, Evaluator evaluator)
{
    private readonly Dictionary<TextSpace, (int Version, byte[] Cities)> _byCode =
        new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Domain, Places> _places = new(ReferenceEqualityComparer.Instance);
    private readonly long[] _counts = new long[cities.Names.Count];
    private byte[] _subjects = [];

    /// <summary>Turns to the chunk of the evaluator.</summary>
    public void Begin()
    {
        _places.Clear();
        var count = evaluator.Chunk.Chunk.Subjects.Count;
        if (_subjects.Length < count) _subjects = new byte[count];
        _subjects.AsSpan(0, count).Fill((byte)cities.Unknown);
        if (jurisdiction?.Domain is null) return;
        var text = evaluator.Text(jurisdiction, evaluator.Chunk.Whole(jurisdiction.Domain));
        var byCode = text.Space.IsLasting ? ByCode(text.Space) : null;
        for (var i = 0; i < count; i++)
            if (text.Known is null || Bits.Get(text.Known, i))
                _subjects[i] = byCode is null ? (byte)cities.IndexOf(text.Text(i)) : byCode[text[i]];
    }

    /// <summary>Tells the sink of the lines that failed at a condition.</summary>
    public void Count(LineSink sink, int item, int condition, LineDomain lines, ReadOnlySpan<ulong> failed, int count)
    {
        if (count == 0) return;
        var places = PlacesOf(lines);
        if (places.Present.Length == 1)
        {
            sink.CountFailed(item, places.Present[0], condition, count);
            return;
        }
        Array.Clear(_counts);
        if (count < places.Present.Length * failed.Length)
            for (var w = 0; w < failed.Length; w++)
                for (var word = failed[w]; word != 0; word &= word - 1)
                    _counts[places.Of[(w << 6) + BitOperations.TrailingZeroCount(word)]]++;
        else
            for (var p = 0; p < places.Present.Length; p++)
            {
                var (sum, mask) = (0, places.Masks[p]);
                for (var w = 0; w < failed.Length; w++) sum += BitOperations.PopCount(failed[w] & mask[w]);
                _counts[places.Present[p]] = sum;
            }
        foreach (var city in places.Present)
            if (_counts[city] > 0) sink.CountFailed(item, city, condition, _counts[city]);
    }

    /// <summary>The city of each line.</summary>
    public byte[] Of(LineDomain lines) => PlacesOf(lines).Of;

    private byte[] ByCode(TextSpace space)
    {
        if (_byCode.TryGetValue(space, out var known) && known.Version == space.Version) return known.Cities;
        var codes = new byte[space.Count];
        for (var code = 0; code < codes.Length; code++)
            if (space.Has(code)) codes[code] = (byte)cities.IndexOf(space[code]);
        _byCode[space] = (space.Version, codes);
        return codes;
    }

    /// <summary>The cities of lines; the same for all that are not cut.</summary>
    private Places PlacesOf(LineDomain lines)
    {
        Domain domain = lines.Cuts ? lines : lines.Objects;
        if (_places.TryGetValue(domain, out var places)) return places;
        var chunk = evaluator.Chunk;
        var (rows, objects) = (chunk.Whole(lines), lines.Cuts ? chunk.CutOf(lines).Object : null);
        var subjects = chunk.Table(lines)!.Subject;
        var of = new byte[rows.Count];
        Array.Clear(_counts);
        for (var i = 0; i < of.Length; i++)
        {
            of[i] = _subjects[subjects[objects is null ? i : objects[i]]];
            _counts[of[i]]++;
        }
        var present = Enumerable.Range(0, _counts.Length).Where(c => _counts[c] > 0).ToArray();
        var masks = Array.ConvertAll(present, _ => new ulong[rows.Words]);
        var place = new int[_counts.Length];
        for (var p = 0; p < present.Length; p++) place[present[p]] = p;
        for (var i = 0; i < of.Length; i++) Bits.Set(masks[place[of[i]]], i);
        return _places[domain] = new Places(of, present, masks);
    }

    /// <summary>The city of each line, the cities there are, and the lines of each of these as bits.</summary>
    private sealed record Places(byte[] Of, int[] Present, ulong[][] Masks);
}
