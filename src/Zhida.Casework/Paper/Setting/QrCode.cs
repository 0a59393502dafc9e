using QRCoder;

namespace Zhida.Casework.Paper.Setting;

/// <summary>A QR code of an address as modules, without the quiet zone; error correction M. Made by QRCoder.</summary>
internal sealed class QrCode
{
    private readonly bool[,] _dark;

    private QrCode(bool[,] dark) => _dark = dark;

    /// <summary>Modules on a side.</summary>
    public int Side => _dark.GetLength(0);

    public bool this[int row, int column] => _dark[row, column];

    public static QrCode Of(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        // QRCoder puts its quiet zone of four modules around.
        const int quiet = 4;
        var side = data.ModuleMatrix.Count - 2 * quiet;
        var dark = new bool[side, side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                dark[row, column] = data.ModuleMatrix[row + quiet][column + quiet];
        return new QrCode(dark);
    }
}
