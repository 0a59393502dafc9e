using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Evaluates FEEL text for tests.</summary>
internal static class FeelText
{
    /// <summary>The value, and what failed (of binding or of evaluation).</summary>
    public static (Value Value, string Said) Evaluate(string text, Scope scope, Action<Frame>? store = null)
    {
        var bound = FeelCompiler.Bind(text, scope);
        if (bound.Root is null) return (Value.Null, string.Join("；", bound.Diagnostics.Select(d => d.Message)));
        var evaluation = new Evaluation(scope.Strict, []);
        var frame = new Frame(scope.NextSlot, evaluation);
        store?.Invoke(frame);
        var value = bound.Root.Evaluate(frame);
        return (value, string.Join("；", evaluation.Failures.Select(f => f.Message)));
    }

    public static (Value Value, string Said) Evaluate(string text) => Evaluate(text, new Scope(strict: false));

    /// <summary>Runs on a stack of 512 KB, a third of what the platform gives a thread at the least: what doesn't
    /// overflow here never does.</summary>
    public static void OnSmallStack(Action work)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                thrown = e;
            }
        }, 512 * 1024);
        thread.Start();
        thread.Join();
        if (thrown is not null) throw new InvalidOperationException("failed on its thread", thrown);
    }
}
