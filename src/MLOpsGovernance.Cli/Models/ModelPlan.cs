using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Classification;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Models;

/// <summary>What is missing for a model to be as the manifest says: the model, its purpose, its risk class, then its versions.</summary>
internal sealed class ModelPlan(Run run, ManifestFiles files)
{
    public async Task<IReadOnlyList<PlanStep>> OfAsync(ModelEntry model, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of($"models/{model.Name}");
        var known = await run.FindAsync(path, "versions", cancellationToken);
        List<PlanStep> steps = [Registration(model, path, known)];
        if (model.Risk is { } risk) steps.Add(Risk(model, risk, path, known));
        foreach (var version in model.Versions) steps.AddRange(new ModelVersionPlan(model, version, files).Steps(path, known));
        return steps;
    }

    private static PlanStep Registration(ModelEntry model, string path, JsonElement? known)
    {
        var what = $"model {model.Name}";
        var body = new JsonObject { ["purpose"] = model.Purpose };
        if (known is null)
        {
            body["name"] = model.Name;
            body["team"] = model.Team;
            if (model.Origin is { } origin) body["origin"] = origin;
            if (model.Generative is { } generative) body["generative"] = generative;
            if (model.Purposes is { } codes) body["purposes"] = Texts(codes);
            return PlanStep.Create(what, HttpMethod.Post, "api/v1/models", body, "name");
        }

        if (known.Value.TextOf("team") is var team && team != model.Team) return PlanStep.Impossible(what, $"it belongs to team {team}, not {model.Team}, and cannot change hands");

        var made = known.Value.TextOf("origin") ?? "internal";
        if (model.Origin is { } wanted && wanted != made) return PlanStep.Impossible(what, $"its origin is {made}, not {wanted}, and what its versions are known by cannot change");
        if (model.Generative is { } generates && generates != (known.Value.FlagOf("generative") ?? false)) return PlanStep.Impossible(what, $"it is on record as {(generates ? "not generative" : "generative")}, which cannot change");

        var purposes = known.Value.TextsOf("purposes");
        if (known.Value.TextOf("purpose") == model.Purpose && (model.Purposes is null || purposes.ToHashSet(StringComparer.Ordinal).SetEquals(model.Purposes))) return PlanStep.Unchanged(what);
        body["purposes"] = Texts(model.Purposes ?? purposes);
        return PlanStep.Update($"purpose of model {model.Name}", HttpMethod.Put, path + "/purpose", body, "name");
    }

    private static PlanStep Risk(ModelEntry model, JsonObject wanted, string path, JsonElement? known)
    {
        var onRecord = known?.Of("risk");
        var what = $"risk class of model {model.Name}";
        if (onRecord is { } record && ClassComparison.IsOnRecord(wanted, record)) return PlanStep.Unchanged(what);

        what += $": {wanted["euAiAct"]}, tier {wanted["tier"]}";
        path += "/risk";
        return onRecord?.TextOf("state") is null or "none"
            ? PlanStep.Create(what, HttpMethod.Put, path, wanted, "risk")
            : PlanStep.Update(what, HttpMethod.Put, path, wanted, "risk");
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
