using System.Security.Cryptography;
using System.Text;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>Replaces the random document id of PDF/A output by one derived from the bytes, so that equal reports are equal files.</summary>
internal static class PdfIdentity
{
    private const int UuidLength = 36;

    private static readonly byte[] Mark = "<xmpMM:DocumentID>uuid:"u8.ToArray();

    /// <summary>The offsets in the file stay: the id in the metadata keeps its length, and the trailer comes last.</summary>
    public static byte[] Fix(byte[] pdf)
    {
        var trailer = pdf.AsSpan().LastIndexOf("/ID ["u8);
        var (begin, close) = (pdf.AsSpan().IndexOf("<?xpacket begin"u8), pdf.AsSpan().LastIndexOf("<?xpacket end"u8));
        var at = pdf.AsSpan().IndexOf(Mark) + Mark.Length;
        if (trailer < 0 || begin < 0 || close < begin || at < Mark.Length) return pdf;
        var end = pdf.AsSpan(trailer).IndexOf("]>>"u8) + trailer;
        var (uuid, blank) = (pdf.AsSpan(at, UuidLength).ToArray(), Encoding.ASCII.GetBytes(new string('0', UuidLength)));
        Replace(pdf.AsSpan(begin, close - begin), uuid, blank);
        var id = SHA256.HashData(pdf.AsSpan(0, trailer)).AsSpan(0, 16);
        Replace(pdf.AsSpan(begin, close - begin), blank, Encoding.ASCII.GetBytes(new Guid(id, bigEndian: true).ToString()));
        var hex = Convert.ToHexString(id);
        return [.. pdf.AsSpan(0, trailer), .. Encoding.ASCII.GetBytes($"/ID [<{hex}> <{hex}>"), .. pdf.AsSpan(end)];
    }

    private static void Replace(Span<byte> within, ReadOnlySpan<byte> old, ReadOnlySpan<byte> made)
    {
        while (within.IndexOf(old) is var at and >= 0)
        {
            made.CopyTo(within[at..]);
            within = within[(at + old.Length)..];
        }
    }
}
