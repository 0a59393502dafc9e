using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zhida.Policy.Columns;

/// <summary>How wide the vectors are with which columns are compared: as wide as the machine has them, or narrower for
/// tests.</summary>
public enum VectorWidth { None, Bits256, Bits512, WithBytePermutes }

/// <summary>What this machine has.</summary>
internal static class Machine
{
    public static VectorWidth Widest =>
        Avx512Vbmi.IsSupported && Avx512BW.IsSupported ? VectorWidth.WithBytePermutes
        : Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256 : VectorWidth.None;
}
