using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Loading;
using Zhida.Policy.Facts;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Batch;

/// <summary>A population run over one subject gives what deciding it gives: line by line, every item.</summary>
public sealed class AgreementTests
{
    public static TheoryData<string> Cases => AcceptTests.Cases;

    public static TheoryData<string> Samples => Cli.SamplesTests.Samples;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cases_come_out_as_decided(string name) => Check(TestTree.Accept(name), 0);

    [Fact]
    public void Worked_examples_of_all_policies_come_out_as_decided() => Check(PolicyTree.Read(Repository.Root), 500);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_come_out_as_decided(string sample)
    {
        foreach (var layer in new string[][] { [], ["liaoning-2026-demo"] })
        {
            var load = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], layer, new Dictionary<string, string>());
            var (facts, _) = new FactsReader(load.Program!.Dictionary, load.Tables)
                .Read(File.ReadAllBytes(Repository.PathOf(sample)), sample);
            var context = SmallRun.Context(load.Program, load.Tables, new DateOnly(2026, 6, 30));
            Assert.True(new Agreement(context).Check(sample, facts!) > 10);
            RoundTrip.Check(sample, facts!);
        }
    }

    private static void Check(PolicyTree tree, int least)
    {
        var examples = new WorkedExamples(tree).All().ToList();
        Assert.True(examples.Count > least);
        foreach (var same in examples.GroupBy(e => (e.Program, e.On)))
        {
            var agreement = new Agreement(SmallRun.Context(same.Key.Program, same.First().Tables, same.Key.On));
            foreach (var example in same)
            {
                Assert.True(agreement.Check(example.Name, example.Facts) > 0);
                RoundTrip.Check(example.Name, example.Facts);
            }
        }
    }
}
