using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace MLOpsGovernance.Server.Tests.Pipelines;

/// <summary>The examples of <c>docs/pipelines</c>, run by a shell with the real <c>mlgov</c> against a real server. Only the cluster is not there: what it would be given is kept.</summary>
public sealed class RunningTheExamples(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Version = 2;

    private static readonly byte[] Model = "a model"u8.ToArray();

    public static TheoryData<string, string> Files => new()
    {
        { "github-actions.yml", "InferenceService" }, { "gitlab-ci.yml", "Model" }, { "Jenkinsfile", "InferenceService" }, { "argo-workflow.yaml", "InferenceService" },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task Deploys_what_the_gate_allows_and_gives_the_cluster_its_decision_and_digest(string file, string kind)
    {
        using var folder = new TemporaryFolder();
        var world = await RegisteredAsync();
        await world.ApprovedAsync(version: Version);

        if (file != "argo-workflow.yaml") (await RunAsync(folder, world, file, "ask", Model)).ExitCode.ShouldBeOneOf(0, 4);
        var (exitCode, output) = await RunAsync(folder, world, file, "deploy", Model);

        exitCode.ShouldBe(0, output);
        var applied = await File.ReadAllTextAsync(Path.Combine(folder.Path, "applied.yaml"), TestContext.Current.CancellationToken);
        var deployed = (await World.Must(200, world.Ann.GetJsonAsync("/environments/production/deployments"))).Json!["items"]!.AsArray().Single(d => d.Text("model") == world.Model);
        applied.ShouldContain($"kind: {kind}\n");
        applied.ShouldContain($"governance.mlops/decision-id: \"{deployed.Text("decisionId")}\"");
        applied.ShouldContain($"governance.mlops/artifact-digest: \"{Digest()}\"");
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Stops_before_the_cluster_where_the_gate_denies(string file, string kind)
    {
        kind.ShouldNotBeEmpty();
        using var folder = new TemporaryFolder();
        var world = await RegisteredAsync();
        await world.ApprovedAsync(version: Version);
        byte[] tampered = [.. Model, 0];

        var (exitCode, output) = await RunAsync(folder, world, file, "deploy", tampered);

        exitCode.ShouldBe(1, output);
        output.ShouldContain("REL-001");
        File.Exists(Path.Combine(folder.Path, "applied.yaml")).ShouldBeFalse();
        (await world.EventsAsync("model_deployed")).ShouldBeEmpty();
        if (file == "argo-workflow.yaml") return;

        (exitCode, output) = await RunAsync(folder, world, file, "ask", tampered);
        exitCode.ShouldBe(1, output);
        Reports(folder.Path).ShouldContain("REL-001");
    }

    /// <summary>A version whose artifact is the file that lies in the pipeline's folder.</summary>
    private async Task<World> RegisteredAsync()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(Digest())));
        return world;
    }

    private static string Digest() => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Model))}";

    /// <summary>What the report that the pipeline would show says failed.</summary>
    private static string Reports(string folder)
    {
        var sarif = Path.Combine(folder, "mlgov.sarif");
        return File.Exists(sarif)
            ? string.Join(' ', JsonNode.Parse(File.ReadAllText(sarif))!["runs"]![0]!["results"]!.AsArray().Select(r => r.Text("ruleId")))
            : string.Join(' ', XDocument.Load(Path.Combine(folder, "mlgov.xml")).Descendants("failure").Select(f => f.Parent!.Attribute("name")!.Value));
    }

    /// <summary>Each step in a shell of its own, up to the first that fails.</summary>
    private static async Task<(int ExitCode, string Output)> RunAsync(TemporaryFolder folder, World world, string file, string part, byte[] artifact)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "model.zip"), artifact, TestContext.Current.CancellationToken);
        var tools = Directory.CreateDirectory(Path.Combine(folder.Path, "tools")).FullName;
        var kubectl = Path.Combine(tools, "kubectl");
        await File.WriteAllTextAsync(kubectl, "#!/bin/sh\n[ \"$1 $2\" = 'apply -f' ] && cp \"$3\" applied.yaml\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var output = "";
        var steps = PipelineSteps.Of(file, part);
        steps.Count.ShouldBeGreaterThan(0);
        foreach (var step in steps)
        {
            var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", $"exec 2>&1\n{step}"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, UseShellExecute = false };
            start.Environment["PATH"] = $"{tools}:{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
            foreach (var (name, value) in new[] { ("MLGOV_SERVER", world.Server.Address.ToString()), ("MLGOV_TOKEN", "dev:pipeline"), ("MODEL", world.Model), ("MODEL_VERSION", $"{Version}"), ("ARTIFACT", "model.zip") })
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            output += await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (process.ExitCode != 0) return (process.ExitCode, output);
        }

        return (0, output);
    }
}
