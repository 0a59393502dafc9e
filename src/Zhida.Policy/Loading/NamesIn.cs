namespace Zhida.Policy.Loading;

/// <summary>Finds which names an expression's text mentions, before it can be bound.</summary>
internal static class NamesIn
{
    /// <summary>The words that <paramref name="known"/> accepts, each once: outside texts and not behind a
    /// dot.</summary>
    public static List<string> Find(string code, Func<string, bool> known)
    {
        var found = new List<string>();
        for (var i = 0; i < code.Length; i++)
        {
            if (code[i] == '"')
            {
                for (i++; i < code.Length && code[i] != '"'; i++)
                    if (code[i] == '\\') i++;
            }
            else if (char.IsLetter(code[i]) || code[i] == '_')
            {
                var start = i;
                while (i < code.Length && (char.IsLetterOrDigit(code[i]) || code[i] == '_')) i++;
                var word = code[start..i];
                if ((start == 0 || code[start - 1] != '.') && known(word) && !found.Contains(word)) found.Add(word);
                i--;
            }
        }
        return found;
    }
}
