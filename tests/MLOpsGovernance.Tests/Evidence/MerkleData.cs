using System.Text.Json;
using MLOpsGovernance.Tests.PolicyCel;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>One of the files with public test data for trees, notes, checkpoints and tiles.</summary>
internal sealed class MerkleData(string file)
{
    private readonly JsonElement? _root = ConformanceFolder.Find($"merkle/{file}") is { } path ? JsonElement.Parse(File.ReadAllBytes(path)) : null;

    /// <summary>The file, or the end of the test where it is absent.</summary>
    public JsonElement Root
    {
        get
        {
            if (_root is null) ConformanceFolder.MustBeWhole.ShouldBeFalse($"merkle/{file} is missing from the default conformance folder");
            Assert.SkipUnless(_root is not null, $"merkle/{file} is absent; set CONFORMANCE_DIR to run the public suite");
            return _root!.Value;
        }
    }

    /// <summary>A row for each member of an array, named by what describes it.</summary>
    public IEnumerable<TheoryDataRow<int>> Rows(string array, Func<JsonElement, string> name)
    {
        if (_root is not { } root || !root.TryGetProperty(array, out var cases) || cases.GetArrayLength() == 0)
            return [new TheoryDataRow<int>(-1) { TestDisplayName = $"{file} {array} is absent" }];
        return cases.EnumerateArray().Select((@case, i) => new TheoryDataRow<int>(i) { TestDisplayName = $"{name(@case)} ({array} {i})" });
    }

    public JsonElement Case(string array, int index)
    {
        var root = Root;
        Assert.SkipWhen(index < 0, $"merkle/{file} has no {array}");
        return root.GetProperty(array)[index];
    }

    public static string Describe(JsonElement @case) =>
        @case.ValueKind == JsonValueKind.Object && @case.TryGetProperty("desc", out var text) ? text.GetString()! : @case.ToString();
}

internal static class MerkleFields
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static ulong Number(this JsonElement element, string name) => element.GetProperty(name).GetUInt64();

    public static bool WantsError(this JsonElement element) => element.GetProperty("wantErr").GetBoolean();

    public static byte[] Bytes(this JsonElement element, string name) => Convert.FromBase64String(element.GetProperty(name).GetString() ?? "");

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    public static byte[][] Proof(this JsonElement element) =>
        element.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(static p => Convert.FromBase64String(p.GetString()!))] : [];

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
}
