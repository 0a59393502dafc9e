namespace Zhida.Evaluation.Population;

/// <summary>Makes unified social credit codes (GB 32100-2015) with a valid check character.</summary>
internal static class CreditCodes
{
    public const int Length = 18;

    /// <summary>31^8: as many organisations can be told apart.</summary>
    private const long Organisations = 852_891_037_441;

    /// <summary>Prime to 31: codes next to each other don't look alike.</summary>
    private const long Stride = 376_213_877_003;

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKLMNPQRTUWXY"u8;

    /// <summary>Different for different subjects.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="authority">Who registered it and what it is, two characters: 91, 12, ….</param>
    /// <param name="place">Six digits.</param>
    /// <param name="subject">Index of the subject, below 31^8.</param>
    public static void Write(
        Span<byte> code, ReadOnlySpan<byte> authority, ReadOnlySpan<byte> place, long subject)
    {
        authority.CopyTo(code);
        place.CopyTo(code[2..]);
        var number = (long)((Int128)(subject + 1) * Stride % Organisations);
        var sum = 0L;
        for (var i = 15; i >= 8; i--, number /= 31)
        {
            code[i] = Alphabet[(int)(number % 31)];
            sum += number % 31 * (i - 5);
        }
        code[16] = Alphabet[(int)(sum % 10)];
        int total = 0, weight = 1;
        for (var i = 0; i < Length - 1; i++)
        {
            total += Alphabet.IndexOf(code[i]) * weight;
            weight = weight * 3 % 31;
        }
        code[17] = Alphabet[(31 - total % 31) % 31];
    }
}
