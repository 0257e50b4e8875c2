using System.Text.Json.Nodes;

namespace MLOpsGovernance.Cli.Manifests;

internal enum Change
{
    None,
    Create,
    Update,

    /// <summary>The record says otherwise and cannot be changed.</summary>
    Impossible,
}

/// <summary>One line of the plan, and the call that carries it out.</summary>
internal sealed record PlanStep(Change Change, string What, ServerWrite? Write = null)
{
    /// <summary>A model version that this line is about, where it is.</summary>
    public PlannedVersion? Version { get; init; }

    public string Mark => Change switch
    {
        Change.Create => "+ create",
        Change.Update => "~ change",
        Change.None => "= unchanged",
        _ => "! impossible",
    };

    /// <summary>The change as a word for programs.</summary>
    public string Word => Mark[2..];

    public static PlanStep Unchanged(string what) => new(Change.None, what);

    public static PlanStep Create(string what, HttpMethod method, string path, JsonObject body, string proof) => new(Change.Create, what, new(method, path, body, proof));

    public static PlanStep Update(string what, HttpMethod method, string path, JsonObject body, string proof) => new(Change.Update, what, new(method, path, body, proof));

    public static PlanStep Impossible(string what, string why) => new(Change.Impossible, $"{what}: {why}");
}

/// <param name="Proof">A field that the answer has when it was done.</param>
internal sealed record ServerWrite(HttpMethod Method, string Path, JsonObject Body, string Proof);

/// <param name="Number">Null until the server gave one.</param>
internal sealed record PlannedVersion(string Model, string ArtifactDigest, int? Number);
