namespace MLOpsGovernance.Server.Tests;

/// <summary>A team with a dataset and a model, so that a test begins where its story does.</summary>
internal sealed class World(RunningServer server)
{
    public const string Artifact = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public RunningServer Server { get; } = server;

    public HttpClient Ann { get; } = server.As("dev:contributor:ann");

    public HttpClient Pipeline { get; } = server.As("dev:pipeline");

    public HttpClient Eve { get; } = server.As("dev:model-validator:eve");

    public HttpClient Rita { get; } = server.As("dev:ai-risk-officer:rita");

    public HttpClient Carl { get; } = server.As("dev:compliance-officer:carl");

    /// <summary>Team <c>flowers</c> with bob; dataset <c>iris</c> version 1, confirmed as public; model <c>m</c>, confirmed as minimal, tier 3; version 1 by ann.</summary>
    public async Task<World> FoundedAsync(string model = "m", string euAiAct = "minimal", int tier = 3)
    {
        if ((await Ann.GetJsonAsync("/teams/flowers")).Status == 404)
        {
            await Must(201, Ann.PostJsonAsync("/teams", new { name = "flowers" }));
            await Must(200, Ann.PutJsonAsync("/teams/flowers/members/bob", new { functions = new[] { "ml-engineer" } }));
            await Must(201, Ann.PostJsonAsync("/datasets", new { name = "iris", team = "flowers" }));
            await Must(201, Ann.PostJsonAsync("/datasets/iris/versions", new { version = "1", digest = Artifact }));
            await Must(200, Carl.PutJsonAsync("/datasets/iris/classification", new { sensitivity = "public", personalData = false }));
        }

        await Must(201, Ann.PostJsonAsync("/models", new { name = model, team = "flowers", purpose = "tell flowers apart" }));
        await Must(200, Carl.PutJsonAsync($"/models/{model}/risk", new { euAiAct, tier, reason = "a toy" }));
        await Must(201, Ann.PostJsonAsync($"/models/{model}/versions", Version()));
        return this;
    }

    public static object Version(string artifact = Artifact, params string[] authors) => new { artifactDigest = artifact, datasets = new[] { new { name = "iris", version = "1" } }, authors };

    public async Task<string> ApprovedAsync(string model = "m", int version = 1)
    {
        if ((await Ann.GetJsonAsync($"/models/{model}/versions/{version}")).Json!["review"]!.GetValue<string>() != "open")
            await Must(201, Ann.PostJsonAsync($"/models/{model}/versions/{version}/reviews"));
        return (await Must(201, Eve.PostJsonAsync($"/models/{model}/versions/{version}/approvals", new { outcome = "approved", role = "model-validator", reason = "evaluated" }))).Json!["id"]!.GetValue<string>();
    }

    public Task<Answer> CheckAsync(string model = "m", int version = 1, string environment = "production", string action = "deploy", string artifact = Artifact, string? key = null) =>
        Pipeline.PostJsonAsync("/policy-checks", new { model, version, environment, action, artifactDigest = artifact }, key);

    public Task<Answer> DeployAsync(Answer check, string model = "m", int version = 1, string environment = "production") =>
        Pipeline.PostJsonAsync("/deployments", new { model, version, environment, decisionId = check.Json!["decisionId"]!.GetValue<string>() });

    public static async Task<Answer> Must(int status, Task<Answer> call)
    {
        var answer = await call;
        answer.Status.ShouldBe(status, answer.Json?.ToJsonString());
        return answer;
    }
}
