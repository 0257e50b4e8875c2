using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Teams;

namespace MLOpsGovernance.Server.Integrations.AuthZen;

/// <summary>Reads an evaluation as a question to the gate: may this subject deploy that model version to that environment?</summary>
internal sealed class AuthZenQuestions(Grains grains, People people, Caller caller)
{
    private static readonly string[] Deployers =
        [Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator];

    /// <exception cref="BadRequestException">Something is missing without which there is no question.</exception>
    public static GateQuestion Read(EvaluationBody asked)
    {
        if (asked.Subject is not { Id.Length: > 0, Type.Length: > 0 }) throw Lacking("subject", "an evaluation has a subject with type and id.");
        if (asked.Action is not { Name.Length: > 0 } action) throw Lacking("action", "an evaluation has an action with a name: deploy, promote or rollback.");
        if (asked.Resource is not { } resource) throw Lacking("resource", "an evaluation has a resource of type model-version, its id the model and the number of the version: credit/7.");
        var (name, number) = Version(resource);
        return new(
            name, number, Text(asked.Context, "environment") ?? Text(resource.Properties, "environment") ?? throw Lacking("context", "the environment is missing: context.environment."),
            action.Name, Text(resource.Properties, "artifactDigest") ?? "", Text(asked.Context, "stage"));
    }

    /// <summary>With the registered artifact where the question names none.</summary>
    public async Task<GateQuestion> CompletedAsync(GateQuestion question)
    {
        if (question.ArtifactDigest.Length > 0 || !Name.IsValid(question.Model)) return question;
        var model = (await grains.Of<IModelGrain>(question.Model).Read()).State;
        // What is not registered has no artifact; the gate says what is not known whichever is asked about.
        return question with { ArtifactDigest = model.Versions.GetValueOrDefault(question.Version)?.ArtifactDigest ?? "sha256:" + new string('0', 64) };
    }

    /// <summary>The gate's rules do not ask who deploys; who may at all is asked here: the caller, a member of the owning team, or whoever was granted a role that deploys.</summary>
    public async Task<bool> MayDeployAsync(string subject, string model)
    {
        if (subject == caller.Actor.Subject) return true;
        if (!Name.IsSubject(subject) || !Name.IsValid(model)) return false;
        if ((await people.GrantedAsync(subject)).Any(r => Deployers.Contains(r, StringComparer.Ordinal))) return true;
        var team = (await grains.Of<IModelGrain>(model).Read()).State.Team;
        return team.Length > 0 && (await grains.Of<ITeamGrain>(team).Read()).State.Includes(new(subject, false, []));
    }

    private static (string Model, int Version) Version(EntityBody resource)
    {
        var number = resource.Id.LastIndexOf('/');
        var (name, version) = resource.Type switch
        {
            "model-version" when number > 0 => (resource.Id[..number], resource.Id[(number + 1)..]),
            "model" or "model-version" => (resource.Id, Number(resource.Properties)),
            _ => throw Lacking("resource.type", "must be model-version or model."),
        };
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed >= 1 ? (name, parsed)
            : throw Lacking("resource", "the number of the version is missing: id credit/7, or properties.version.");
    }

    private static string Number(Dictionary<string, JsonElement>? properties) =>
        properties is not null && properties.TryGetValue("version", out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    private static string? Text(Dictionary<string, JsonElement>? from, string name) =>
        from is not null && from.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static BadRequestException Lacking(string field, string why) =>
        new(400, "invalid-evaluation", $"{field}: {why}", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] });
}
