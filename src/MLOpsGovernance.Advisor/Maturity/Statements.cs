namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>A question of its own beside the 48, asked for one statement.</summary>
public sealed record StatementQuestion(string Id, string Text, string? Why = null);

/// <param name="Side"><c>buy</c> or <c>build</c>.</param>
/// <param name="Text">As it stands in the source.</param>
/// <param name="Axis">Ten statements are seven axes: three of them appear twice, with opposite sign, and count once.</param>
/// <param name="Facts">Questions of the instrument that bear on it.</param>
/// <param name="Engine">Where it enters the reckoning.</param>
public sealed record BuyOrBuildStatement(string Id, string Side, string Text, string Axis, StatementQuestion Question, IReadOnlyList<string> Facts, string Engine);

/// <param name="Side"><c>research</c> or <c>production</c>.</param>
/// <param name="Traits">The contrasts under which it is shown.</param>
public sealed record PipelineStatement(string Id, string Side, string Text, StatementQuestion Question, IReadOnlyList<string> Facts, IReadOnlyList<string> Traits);

public sealed record StatementCatalogue(IReadOnlyList<BuyOrBuildStatement> BuyOrBuild, IReadOnlyList<PipelineStatement> Pipelines);
