using System.Diagnostics;
using System.Globalization;

namespace Zhida.Tests.Evaluation.Matching;

/// <summary>The command itself, killed in the middle of its work.</summary>
public sealed class KilledTests(SmallPopulation population) : IClassFixture<SmallPopulation>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Killed_twice_it_still_comes_to_the_same_bytes()
    {
        var whole = Run("a.parquet").Watch();
        Assert.Equal(0, whole.Code);
        var stopped = Run("b.parquet").Kill("INT");
        Assert.Equal(130, stopped.Code);
        Assert.Contains("b.parquet.work", stopped.Error);
        Assert.Equal(137, Run("b.parquet").Kill("KILL").Code);
        Assert.False(File.Exists(PathOf("b.parquet")));
        var rest = Run("b.parquet").Watch();
        Assert.Equal(0, rest.Code);
        Assert.Contains("个主体是上次运行完成的", rest.Output);
        foreach (var ending in new[] { "", ".counts.csv" })
            Assert.Equal(
                File.ReadAllBytes(PathOf("a.parquet" + ending)), File.ReadAllBytes(PathOf("b.parquet" + ending)));
        Assert.Equal(["a.parquet", "a.parquet.counts.csv", "b.parquet", "b.parquet.counts.csv"],
            Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private Started Run(string name) => new(PathOf(name),
        "match", population.Folder, "--out", PathOf(name), "--on", "2026-06-30", "--layer", "liaoning-2026-demo",
        "--chunk", "50", "--threads", "1");

    /// <summary>A process that is under way.</summary>
    private sealed class Started
    {
        private readonly Process _process;
        private readonly Task<string> _output, _error;
        private readonly FileInfo _log;
        private readonly long _before;

        public Started(string path, params string[] arguments)
        {
            _log = new FileInfo(Path.Combine(path + ".work", "blocks"));
            _before = _log.Exists ? _log.Length : 0;
            var start = new ProcessStartInfo("dotnet",
                [Path.Combine(AppContext.BaseDirectory, "zhida.dll"), .. arguments])
                { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["ZHIDA_HOME"] = Repository.Root;
            _process = Process.Start(start)!;
            (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        }

        public (int Code, string Output, string Error) Watch()
        {
            _process.WaitForExit();
            using (_process)
                return (_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
        }

        /// <summary>Sends a signal when some chunks more are finished.</summary>
        public (int Code, string Output, string Error) Kill(string signal)
        {
            for (; !_process.HasExited && !(_log.Exists && _log.Length > _before); _log.Refresh()) Thread.Sleep(5);
            using var kill = Process.Start("kill",
                ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            return Watch();
        }
    }
}
