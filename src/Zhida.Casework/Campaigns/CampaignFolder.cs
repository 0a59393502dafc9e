using Zhida.Casework.Cases;

namespace Zhida.Casework.Campaigns;

/// <summary>The folder of a campaign: the frozen tables and the result. One process at a time works in it.</summary>
internal sealed class CampaignFolder
{
    private readonly string _path;

    public CampaignFolder(string root, Guid campaign)
    {
        _path = Path.Combine(root, campaign.ToString());
        Directory.CreateDirectory(_path);
    }

    /// <summary>The frozen tables.</summary>
    public string Snapshot => Path.Combine(_path, "snapshot");

    /// <summary>The result table.</summary>
    public string Result => Path.Combine(_path, "result.csv");

    /// <summary>A folder within it, emptied.</summary>
    public string Fresh(string name)
    {
        var path = Path.Combine(_path, name);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>The folder for this process alone until it is disposed of; or that another has it.</summary>
    public (IDisposable? Lock, Problem? Problem) Take()
    {
        try
        {
            return (new FileStream(Path.Combine(_path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None), null);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return (null, new Problem("conflict", "另一个进程正在办理这一批", "等它办完这一步再看"));
        }
    }
}
