using System.Text;

namespace MLOpsGovernance.Evidence;

/// <summary>Keys as text. One that must fit into a line, as in an environment variable, comes without the lines around it.</summary>
internal static class Pem
{
    public static byte[] Private(string text) => Of(text, "PRIVATE KEY");

    public static byte[] Public(string text) => Of(text, "PUBLIC KEY");

    private static byte[] Of(string text, string label)
    {
        var trimmed = text.ReplaceLineEndings("\n").Trim();
        return Encoding.UTF8.GetBytes((trimmed.StartsWith("-----", StringComparison.Ordinal) ? trimmed : $"-----BEGIN {label}-----\n{trimmed}\n-----END {label}-----") + "\n");
    }
}
