using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Zhida.Feel.Binding;
using Zhida.Feel.Functions;
using Zhida.Feel.Types;

namespace Zhida.Feel.Syntax;

/// <summary>
/// The names that are more than one word (<c>date and time</c>, <c>a-b</c>), which only the longest match against what
/// is in scope can tell from a row of words and operators (DMN 1.5, 10.3.1.4). Names of one word need no list.
/// </summary>
internal sealed class KnownNames
{
    private static readonly FrozenDictionary<char, string[]> OfBuiltins = Builtins.All.Select(b => b.Name)
        .Where(IsManyWords).GroupBy(n => n[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private static readonly ConditionalWeakTable<RecordType, Outline> Outlines = [];

    private static readonly string[] Properties = ["time offset", "start included", "end included"];

    /// <summary>A record's members of many words, and the types below which there may be more. <paramref name="Count"/>
    /// tells whether members were added since.</summary>
    private sealed record Outline(int Count, string[] ManyWords, FeelType[] Nested);

    private readonly List<string> _names = [];
    private readonly Scope? _scope;
    private HashSet<string>? _members;

    public KnownNames(Scope? scope)
    {
        _scope = scope;
        for (; scope is not null; scope = scope.Parent)
        {
            foreach (var symbol in scope.Symbols) Push(Name.Normalise(symbol.Name));
            foreach (var function in scope.Functions) Push(Name.Normalise(function.Name));
        }
    }

    public int Count => _names.Count;

    /// <summary>A local name comes into scope.</summary>
    public void Push(string name)
    {
        if (IsManyWords(name)) _names.Add(name);
    }

    /// <summary>Back to what was in scope when there were <paramref name="count"/> names.</summary>
    public void PopTo(int count) => _names.RemoveRange(count, _names.Count - count);

    /// <summary>An entry of a context was seen: paths and filters may name it.</summary>
    public void PushMember(string name)
    {
        if (IsManyWords(name)) Members.Add(name);
    }

    /// <summary>The longest known name that stands at a place, or null.</summary>
    public string? Find(string text, int at, bool members, out int end)
    {
        string? found = null;
        end = at;
        foreach (var name in _names) Try(text, at, name, ref found, ref end);
        if (OfBuiltins.TryGetValue(text[at], out var builtins))
            foreach (var name in builtins) Try(text, at, name, ref found, ref end);
        if (members)
            foreach (var name in Members) Try(text, at, name, ref found, ref end);
        return found;
    }

    /// <summary>The longest known name of a member that stands at a place, or null.</summary>
    public string? FindMember(string text, int at, out int end)
    {
        string? found = null;
        end = at;
        // Only where something follows that might belong to a name is it worth to ask.
        var word = Lexer.EndOfWord(text, at);
        if (word >= text.Length || text[word] is ')' or ']' or ',' or '}' or '=' or '<' or '>') return null;
        foreach (var name in Members) Try(text, at, name, ref found, ref end);
        return found;
    }

    /// <summary>The longest type of the scope whose name stands at a place, or null.</summary>
    public string? FindType(string text, int at, out int end)
    {
        string? found = null;
        end = at;
        for (var scope = _scope; scope is not null; scope = scope.Parent)
            foreach (var name in scope.TypeNames) Try(text, at, name, ref found, ref end);
        return found;
    }

    private static void Try(string text, int at, string name, ref string? found, ref int end)
    {
        if (Matches(text, at, name, out var to) && to > end) (found, end) = (name, to);
    }

    /// <summary>Whether a normalised name stands at a place, a space of it being any white space in the text.</summary>
    public static bool Matches(string text, int at, string name, out int end)
    {
        end = at;
        foreach (var c in name)
        {
            if (end >= text.Length) return false;
            if (c == ' ')
            {
                if (!Lexer.IsSpace(text[end])) return false;
                while (end < text.Length && Lexer.IsSpace(text[end])) end++;
            }
            else if (text[end++] != c)
            {
                return false;
            }
        }
        return !(Lexer.ContinuesWord(text, end - 1) && Lexer.ContinuesWord(text, end));
    }

    public static bool IsManyWords(string name) =>
        name.Length > 0 && (!Lexer.IsWordStart(name, 0) || Lexer.EndOfWord(name, 0) < name.Length);

    private HashSet<string> Members
    {
        get
        {
            if (_members is not null) return _members;
            _members = [.. Properties];
            var seen = new HashSet<FeelType>(ReferenceEqualityComparer.Instance);
            for (var scope = _scope; scope is not null; scope = scope.Parent)
            {
                foreach (var symbol in scope.Symbols) Collect(symbol.Type, seen);
                foreach (var type in scope.Types) Collect(type, seen);
            }
            return _members;
        }
    }

    private void Collect(FeelType type, HashSet<FeelType> seen)
    {
        while (type is ListType list) type = list.Item;
        switch (type)
        {
            case RecordType record when seen.Add(record):
                var outline = OutlineOf(record);
                _members!.UnionWith(outline.ManyWords);
                foreach (var nested in outline.Nested) Collect(nested, seen);
                break;
            case ContextType context when seen.Add(context):
                foreach (var (name, entry) in context.Entries) Collect(name, entry, seen);
                break;
            case FunctionType function:
                Collect(function.Result, seen);
                break;
        }
    }

    /// <summary>What is to be known of a record's own members: few, while a dictionary has hundreds.</summary>
    private static Outline OutlineOf(RecordType record)
    {
        if (Outlines.TryGetValue(record, out var known) && known.Count == record.Members.Count) return known;
        var outline = new Outline(record.Members.Count,
            [.. record.MemberNames.Select(Name.Normalise).Where(IsManyWords)],
            [.. record.Members.Select(m => m.Type).Where(t => t is not (SimpleType or NumberType or StringType))
                .Distinct()]);
        Outlines.AddOrUpdate(record, outline);
        return outline;
    }

    private void Collect(string name, FeelType type, HashSet<FeelType> seen)
    {
        var normal = Name.Normalise(name);
        if (IsManyWords(normal)) _members!.Add(normal);
        Collect(type, seen);
    }
}
