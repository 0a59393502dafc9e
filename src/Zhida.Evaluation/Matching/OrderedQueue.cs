using System.Diagnostics.CodeAnalysis;

namespace Zhida.Evaluation.Matching;

/// <summary>Hands over what several threads make, in the order of its numbers. A thread that is too far ahead waits, so
/// no more than <paramref name="window"/> wait to be taken; the one whose turn it is never does.</summary>
internal sealed class OrderedQueue<T>(int first, int window) where T : class
{
    private readonly Dictionary<int, T> _ready = [];
    private int _next = first;
    private int _makers;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    /// <summary>Before a maker starts.</summary>
    public void Join()
    {
        lock (_ready) _makers++;
    }

    /// <summary>After a maker's last one; it has made all whose numbers it took.</summary>
    public void Leave()
    {
        lock (_ready)
        {
            _makers--;
            Monitor.PulseAll(_ready);
        }
    }

    /// <summary>Nobody takes any more, for something failed: makers must not wait.</summary>
    public void Close()
    {
        lock (_ready)
        {
            _closed = true;
            Monitor.PulseAll(_ready);
        }
    }

    public void Put(int number, T made)
    {
        lock (_ready)
        {
            while (number >= _next + window && !_closed) Monitor.Wait(_ready);
            _ready[number] = made;
            Monitor.PulseAll(_ready);
        }
    }

    /// <summary>The next in the order; false when all makers have left and it was not made.</summary>
    public bool TryTake([NotNullWhen(true)] out T? made)
    {
        lock (_ready)
        {
            while (!_ready.Remove(_next, out made))
            {
                if (_makers == 0 || _closed) return false;
                Monitor.Wait(_ready);
            }
            _next++;
            Monitor.PulseAll(_ready);
            return true;
        }
    }
}
