using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests;

/// <summary>A team with a dataset and a model, so that a test begins where its story does.</summary>
internal sealed class World(RunningServer server, string model = "m", string dataset = "iris")
{
    public const string
        Artifact = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        OtherArtifact = "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";

    public RunningServer Server { get; } = server;

    public string Model { get; } = model;

    public string Dataset { get; } = dataset;

    public HttpClient Ann { get; } = server.As("dev:contributor:ann");

    public HttpClient Pipeline { get; } = server.As("dev:pipeline");

    public HttpClient Eve { get; } = server.As("dev:model-validator:eve");

    public HttpClient Rita { get; } = server.As("dev:ai-risk-officer:rita");

    public HttpClient Carl { get; } = server.As("dev:compliance-officer:carl");

    public HttpClient Root { get; } = server.As("dev:administrator:root");

    /// <summary>Team <c>flowers</c>, which ann formed and so belongs to, with bob; the dataset with version 1, confirmed as public; the model, confirmed as minimal, tier 3; its version 1 by ann.</summary>
    public async Task<World> FoundedAsync(string? model = null, string euAiAct = "minimal", int tier = 3, bool generative = false)
    {
        var name = model ?? Model;
        if ((await Ann.GetJsonAsync("/teams/flowers")).Status == 404)
        {
            await Must(201, Ann.PostJsonAsync("/teams", new { name = "flowers" }));
            await Must(200, Ann.PutJsonAsync("/teams/flowers/members/bob", new { functions = new[] { "ml-engineer" } }));
        }

        if ((await Ann.GetJsonAsync($"/datasets/{Dataset}")).Status == 404)
        {
            await Must(201, Ann.PostJsonAsync("/datasets", new { name = Dataset, team = "flowers" }));
            await Must(201, Ann.PostJsonAsync($"/datasets/{Dataset}/versions", new { version = "1", digest = Artifact }));
            await Must(200, Carl.PutJsonAsync($"/datasets/{Dataset}/classification", new { sensitivity = "public", personalData = false }));
        }

        await Must(201, Ann.PostJsonAsync("/models", new { name, team = "flowers", purpose = "tell flowers apart", generative }));
        await Must(200, Carl.PutJsonAsync($"/models/{name}/risk", new { euAiAct, tier, reason = "a toy" }));
        await Must(201, Ann.PostJsonAsync($"/models/{name}/versions", VersionBody()));
        return this;
    }

    public static object Version(string artifact = Artifact, params string[] authors) => VersionOn("iris", artifact, authors);

    /// <summary>A version trained on this world's dataset.</summary>
    public object VersionBody(string artifact = Artifact, params string[] authors) => VersionOn(Dataset, artifact, authors);

    /// <summary>The path of this world's model, or of one of its versions.</summary>
    public string Path(int? version = null) => version is null ? $"/models/{Model}" : $"/models/{Model}/versions/{version}";

    public HttpClient As(string token) => Server.As(token);

    public async Task<string> ApprovedAsync(string? model = null, int version = 1)
    {
        var path = $"/models/{model ?? Model}/versions/{version}";
        if ((await Ann.GetJsonAsync(path)).Json!["review"]!.GetValue<string>() != "open") await Must(201, Ann.PostJsonAsync($"{path}/reviews"));
        return (await Must(201, Eve.PostJsonAsync($"{path}/approvals", new { outcome = "approved", role = "model-validator", reason = "evaluated" }))).Text("id");
    }

    public Task<Answer> ApproveAsync(HttpClient by, string role = "model-validator", int version = 1, string outcome = "approved", DateTimeOffset? validUntil = null) =>
        by.PostJsonAsync($"{Path(version)}/approvals", new { outcome, role, reason = "evaluated", validUntil });

    public Task<Answer> CheckAsync(
        string? model = null, int version = 1, string environment = "production", string action = "deploy", string artifact = Artifact, string? key = null, bool dryRun = false, string? stage = null) =>
        Pipeline.PostJsonAsync("/policy-checks", new { model = model ?? Model, version, environment, action, artifactDigest = artifact, dryRun, stage }, key);

    /// <summary>A check that lets the version through.</summary>
    public async Task<Answer> AllowedAsync(int version = 1, string environment = "production", string action = "deploy", string artifact = Artifact, string? stage = null)
    {
        var check = await CheckAsync(null, version, environment, action, artifact, stage: stage);
        check.Json!["allowed"]!.GetValue<bool>().ShouldBeTrue(check.Json.ToJsonString());
        return check;
    }

    public Task<Answer> DeployAsync(Answer check, string? model = null, int version = 1, string environment = "production") =>
        Pipeline.PostJsonAsync("/deployments", new { model = model ?? Model, version, environment, decisionId = check.Text("decisionId") });

    /// <summary>An approval as the version shows it now.</summary>
    public async Task<JsonNode> ApprovalAsync(string id, int version = 1) =>
        (await Must(200, Ann.GetJsonAsync(Path(version)))).Json!["approvals"]!.AsArray().Single(a => a.Text("id") == id)!;

    /// <summary>The events of a stream, of one type or of all; of this world's model unless another stream is named.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync(string? type = null, string? stream = null) =>
        [.. (await Must(200, Ann.GetJsonAsync($"/audit/events?limit=500&stream={stream ?? $"model:{Model}"}{(type is null ? "" : $"&type={type}")}"))).Json!["items"]!.AsArray().Select(e => e!)];

    public static async Task<Answer> Must(int status, Task<Answer> call)
    {
        var answer = await call;
        answer.Status.ShouldBe(status, answer.Json?.ToJsonString());
        return answer;
    }

    /// <summary>Refused with this status and code.</summary>
    public static async Task<Answer> Refused(int status, string code, Task<Answer> call)
    {
        var answer = await Must(status, call);
        answer.Code.ShouldBe(code, answer.Json?.ToJsonString());
        answer.Detail.ShouldNotBeNullOrWhiteSpace();
        return answer;
    }

    private static object VersionOn(string dataset, string artifact, string[] authors) => new { artifactDigest = artifact, datasets = new[] { new { name = dataset, version = "1" } }, authors };
}
