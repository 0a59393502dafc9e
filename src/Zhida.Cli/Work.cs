using Zhida.Cli.Rendering;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;

namespace Zhida.Cli;

/// <summary>What a command works with: a tree of policies, a maker of decisions, facts. What is wrong with them is
/// printed, and the command stops.</summary>
internal static class Work
{
    public static PolicyTree Tree()
    {
        var tree = PolicyTree.Read(Home.Root);
        return tree.Entries.Count > 0 ? tree
            : throw new BadInputException($"{Path.Combine(Home.Root, "policies")} 下没有政策");
    }

    /// <summary>The tree, after ids have been found in it.</summary>
    public static PolicyTree Tree(IReadOnlyList<string> ids)
    {
        var tree = Tree();
        var problem = ids.Select(tree.Problem).FirstOrDefault(p => p is not null);
        return problem is null ? tree : throw new BadInputException(problem);
    }

    public static DecisionMaker Maker(
        IReadOnlyList<string> policies, IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> settings,
        bool withExamples = false)
    {
        var (maker, findings) = DecisionMaker.Open(Tree().Files, policies, layers, settings, withExamples);
        if (maker is not null) return maker;
        Findings.PrintProblems(findings.Where(Findings.IsError));
        throw new BadInputException("政策装载不了", "先运行 ./zhida check");
    }

    /// <summary>The facts of a file, and the maker with the layers that apply to their subject.</summary>
    public static (DecisionMaker Maker, SubjectFacts Facts) Subject(DecisionMaker maker, string path)
    {
        var (facts, findings) = maker.ReadFacts(Inputs.BytesOf(path), path);
        if (facts is null)
        {
            Findings.PrintProblems(findings);
            throw new BadInputException($"{path} 有 {findings.Count} 处要改");
        }
        var (narrowed, again, problems) = maker.For(facts);
        if (narrowed is not null && again is not null) return (narrowed, again);
        Findings.PrintProblems(problems.Where(Findings.IsError));
        throw new BadInputException("去掉不适用于这个主体的层以后，政策装载不了");
    }
}
