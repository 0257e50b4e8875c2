namespace MLOpsGovernance.Tests.Deploy;

internal sealed record Instruction(string Keyword, string Arguments)
{
    public override string ToString() => $"{Keyword} {Arguments}";
}

/// <summary>A Dockerfile's instructions in order, comments removed and continued lines joined.</summary>
internal static class Dockerfile
{
    public static IReadOnlyList<Instruction> Read(string relative)
    {
        var lines = Repository.Text(relative).Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#');
        return [.. string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(Parse)];
    }

    /// <summary>The instructions from the last FROM on: what the image consists of.</summary>
    public static IReadOnlyList<Instruction> LastStage(IReadOnlyList<Instruction> all) =>
        [.. all.Skip(all.Select(static (instruction, index) => (instruction, index)).Last(static at => at.instruction.Keyword == "FROM").index)];

    private static Instruction Parse(string line)
    {
        var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        return new(parts[0].ToUpperInvariant(), parts.Length > 1 ? parts[1] : "");
    }
}
