namespace Zhida.Feel.Nodes;

/// <summary>Prints a bound expression as canonical FEEL, which binds to the same tree again in the same scope (the
/// tree itself is shown by <see cref="NodeText"/>). A node that stands for an error, and a decision table, have no
/// FEEL: they are printed as null and by name.</summary>
public static class Printer
{
    public static string Print(Expr expression)
    {
        var writer = new FeelWriter();
        writer.Write(expression, 0);
        return writer.ToString();
    }
}
