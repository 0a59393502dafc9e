using System.Globalization;

namespace Zhida.Evaluation.Population;

/// <summary>A kind of subject: its share, the first characters of its credit codes, how its facts are spread.</summary>
internal sealed record KindWords(string Name)
{
    public int Share { get; set; }

    public string Authority { get; set; } = "91";

    public Dictionary<string, string> Facts { get; } = [];
}

/// <summary>Something that subjects have: objects of one type, how often, and how their facts are spread.</summary>
internal sealed record StoryWords(string Object, string Name)
{
    /// <summary>In ten thousand, by the kind of subject; "全部": any.</summary>
    public Dictionary<string, int> Frequency { get; } = [];

    public string Counts { get; set; } = "1*8 | 2*2";

    /// <summary>By the object referred to, the story that makes it.</summary>
    public Dictionary<string, string> Refers { get; } = [];

    /// <summary>The facts that hold the first and the last day of the years that have facts.</summary>
    public (string First, string Last)? Years { get; set; }

    /// <summary>万分之几, 事项, 范围, 期, 金额.</summary>
    public string[]? Grant { get; set; }

    /// <summary>Of how many groups in ten thousand the subjects share one object referred to.</summary>
    public int Joint { get; set; }

    public Dictionary<string, string> Facts { get; } = [];
}

/// <summary>population.txt: all that says how made-up subjects are spread. A mistake in it is a mistake of the program,
/// and throws.</summary>
internal sealed class Distributions
{
    private const string Resource = "population.txt";

    public Dictionary<string, int> Missing { get; } = [];

    public Dictionary<string, string> Defaults { get; } = [];

    public Dictionary<string, int> Cities { get; } = [];

    public Dictionary<string, int> Groups { get; } = [];

    /// <summary>How facts of 主体 are spread where a kind says nothing else.</summary>
    public Dictionary<string, string> Subject { get; } = [];

    public List<KindWords> Kinds { get; } = [];

    public List<StoryWords> Stories { get; } = [];

    public static Distributions Read()
    {
        using var stream = typeof(Distributions).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var all = new Distributions();
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith("注：", StringComparison.Ordinal)) continue;
            if (line.StartsWith("# ", StringComparison.Ordinal)) section = line[2..];
            else if (section != "说明") all.Take(section, line);
        }
        return all;
    }

    private void Take(string section, string line)
    {
        if (line.StartsWith("## ", StringComparison.Ordinal))
        {
            if (section == "主体") Kinds.Add(new KindWords(line[3..]));
            else if (line[3..].Split('/') is [var type, var name]) Stories.Add(new StoryWords(type, name));
            else throw Bad(line);
        }
        else if (line.StartsWith("- ", StringComparison.Ordinal))
        {
            var at = line.IndexOf(" = ", StringComparison.Ordinal);
            if (at < 0) throw Bad(line);
            FactsOf(section)[line[2..at]] = line[(at + 3)..];
        }
        else if (line.Split(' ', 2) is [var key, var rest]) TakeKey(section, key, rest);
        else throw Bad(line);
    }

    private Dictionary<string, string> FactsOf(string section) => section switch
    {
        "默认" => Defaults,
        "主体" => Kinds.Count == 0 ? Subject : Kinds[^1].Facts,
        _ => Stories[^1].Facts,
    };

    private void TakeKey(string section, string key, string rest)
    {
        switch (section, key)
        {
            case ("缺", _): Missing[key] = Whole(rest); break;
            case ("城市", _): Cities[key] = Whole(rest); break;
            case ("集团", _): Groups[key] = Whole(rest); break;
            case ("主体", "份额"): Kinds[^1].Share = Whole(rest); break;
            case ("主体", "代码"): Kinds[^1].Authority = rest; break;
            case ("事", "频次"):
                foreach (var part in rest.Split(", "))
                    Stories[^1].Frequency[part.Split(' ')[0]] = Whole(part.Split(' ')[1]);
                break;
            case ("事", "个数"): Stories[^1].Counts = rest; break;
            case ("事", "联合"): Stories[^1].Joint = Whole(rest); break;
            case ("事", "指"): Stories[^1].Refers[rest.Split(' ')[0]] = rest.Split(' ')[1]; break;
            case ("事", "年"): Stories[^1].Years = (rest.Split(' ')[0], rest.Split(' ')[1]); break;
            case ("事", "已得"): Stories[^1].Grant = rest.Split(' '); break;
            default: throw Bad($"{key} {rest}");
        }
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static InvalidOperationException Bad(string line) => new($"{Resource}: “{line}” can't be read");
}
