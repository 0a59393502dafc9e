using System.Text.Json;

namespace Zhida.Casework.Registers;

/// <summary>A register that is a JSON file, read anew for each question: simulated, or an extract that is delivered
/// as a file. Its members are replies by credit code; 说明 says what the file is.</summary>
/// <param name="path">Missing or unreadable: the register is down.</param>
public sealed class FileRegister(string name, string path) : IRegister
{
    public string Name => name;

    public async Task<RegisterAnswer> AskAsync(string creditCode, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            using var document = await JsonDocument.ParseAsync(file, RegisterReply.Strict, cancellation);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new RegisterDown(name, "登记文件读不懂：最外层应是对象 { … }");
            return document.RootElement.TryGetProperty(creditCode, out var reply)
                ? RegisterReply.Read(name, reply) : new RegisterNotFound(name);
        }
        catch (JsonException e)
        {
            return new RegisterDown(name, $"登记文件读不懂：第{e.LineNumber + 1}行不是可读的JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RegisterDown(name, "登记文件打不开");
        }
    }
}
