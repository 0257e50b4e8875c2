using System.Text.Json;
using MLOpsGovernance.Evidence.Descriptors;

namespace MLOpsGovernance.Cli.Artifacts;

/// <summary>A descriptor as a JSON file: what stands for a model that nobody here has the file of.</summary>
internal static class DescriptorFile
{
    private const int MostBytes = 1 << 20;

    /// <exception cref="CommandFailedException">It is no descriptor.</exception>
    public static string Digest(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw CommandFailedException.Usage($"{path} is larger than 1 MiB, which no descriptor is.");
            var bytes = File.ReadAllBytes(path);
            var digest = DescriptorDigest.Of(bytes);
            using var descriptor = JsonDocument.Parse(bytes);
            Check(path, descriptor.RootElement);
            return digest;
        }
        catch (JsonException e)
        {
            throw CommandFailedException.Usage($"{path} is no descriptor: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandFailedException.Usage($"The descriptor '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What the server would refuse gets no digest here either.</summary>
    private static void Check(string path, JsonElement descriptor)
    {
        foreach (var member in descriptor.EnumerateObject().Where(m => !DescriptorDigest.Members.Contains(m.Name, StringComparer.Ordinal)))
            throw CommandFailedException.Usage($"{path}: '{member.Name}' is not a member of a descriptor. They are {string.Join(", ", DescriptorDigest.Members)}.");
        foreach (var needed in DescriptorDigest.Members.Take(2))
            if (!descriptor.TryGetProperty(needed, out var value) || value.ValueKind is not JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
                throw CommandFailedException.Usage($"{path}: a descriptor names its {needed}. (descriptor-without-{needed})");
    }
}
