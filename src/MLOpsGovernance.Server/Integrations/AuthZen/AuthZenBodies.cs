using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLOpsGovernance.Server.Integrations.AuthZen;

/// <summary>May a subject do something to a resource? What a single evaluation leaves out, a batch may say once for all.</summary>
internal sealed record EvaluationBody(EntityBody? Subject = null, ActionBody? Action = null, EntityBody? Resource = null, Dictionary<string, JsonElement>? Context = null);

/// <param name="Options"><c>evaluations_semantic</c>: how far a batch goes.</param>
internal sealed record EvaluationsBody(
    EntityBody? Subject = null, ActionBody? Action = null, EntityBody? Resource = null, Dictionary<string, JsonElement>? Context = null, IReadOnlyList<EvaluationBody>? Evaluations = null, EvaluationOptionsBody? Options = null);

internal sealed record EntityBody(string Type, string Id, Dictionary<string, JsonElement>? Properties = null);

internal sealed record ActionBody(string Name, Dictionary<string, JsonElement>? Properties = null);

internal sealed record EvaluationOptionsBody([property: JsonPropertyName("evaluations_semantic")] string? EvaluationsSemantic = null);

internal sealed record EvaluationAnswer(bool Decision, EvaluationContext? Context);

/// <param name="Reason">In one sentence.</param>
/// <param name="Rules">Ids of the rules that are against it.</param>
internal sealed record EvaluationContext(string? Code, string? Reason, string? DecisionId, IReadOnlyList<string>? Rules);

internal sealed record EvaluationsAnswer(IReadOnlyList<EvaluationAnswer> Evaluations);

internal sealed record AuthZenMetadata(
    [property: JsonPropertyName("policy_decision_point")] string PolicyDecisionPoint,
    [property: JsonPropertyName("access_evaluation_endpoint")] string AccessEvaluationEndpoint,
    [property: JsonPropertyName("access_evaluations_endpoint")] string AccessEvaluationsEndpoint);
