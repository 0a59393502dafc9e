namespace Zhida.Casework.Registers;

/// <summary>A register of facts about subjects outside Zhida. Whatever goes wrong there is an answer
/// (<see cref="RegisterDown"/>), never an exception: a register that is down does not block filing.</summary>
public interface IRegister
{
    /// <summary>登记, 信用, 税务, 社保, 海关: as in registers.csv.</summary>
    string Name { get; }

    /// <param name="creditCode">统一社会信用代码 of the subject.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<RegisterAnswer> AskAsync(string creditCode, CancellationToken cancellation);
}
