using System.Text;
using QRCoder;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>The code to scan, as SVG.</summary>
internal static class Verification
{
    /// <summary>More does not fit into a code that a telephone reads from paper.</summary>
    private const int MostLetters = 600;

    /// <summary>Null where there is nothing to scan.</summary>
    public static string? Code(string? url)
    {
        if (!IsLink(url) || url!.Length > MostLetters) return null;
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(url, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var size = data.ModuleMatrix.Count;
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (!data.ModuleMatrix[y][x]) continue;
                var from = x;
                while (x + 1 < size && data.ModuleMatrix[y][x + 1]) x++;
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1h-{x - from + 1}z");
            }
        }

        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"Code that leads to the verification page\"><rect width=\"{size}\" height=\"{size}\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"{path}\"/></svg>";
    }

    /// <summary>What becomes a link: a web address, and nothing that could run.</summary>
    public static bool IsLink(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
