using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Teams;

/// <param name="DisplayName">Null leaves it as it is.</param>
internal sealed record TeamEntry(string Name, string? DisplayName, IReadOnlyList<MemberEntry> Members)
{
    public static IReadOnlyList<string> Keys { get; } = ["name", "displayName", "members"];

    public static TeamEntry Read(ManifestMap map) =>
        new(map.Text("name"), map.OptionalText("displayName"), map.Each("members", MemberEntry.Keys, MemberEntry.Read, member => member.Subject) ?? []);
}

/// <param name="Skills">Null leaves them as they are.</param>
internal sealed record MemberEntry(string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string>? Skills)
{
    public static IReadOnlyList<string> Keys { get; } = ["subject", "functions", "skills"];

    public static MemberEntry Read(ManifestMap map) => new(map.Text("subject"), map.Texts("functions") ?? [], map.Texts("skills"));
}
