using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Audit.ExportingEvents;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.EvidencePacks;

/// <summary>All about a model in one file, which is checked on a machine that knows only the key.</summary>
public sealed class PackingEvidence(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Holds_all_that_a_decision_is_proved_and_made_again_with()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync();
        await World.Must(201, world.Ann.PostJsonAsync("/waivers", new { model = world.Model, environment = "production", rule = "REL-006", expiresAt = Json.Time(shared.Clock.GetUtcNow().AddDays(3)), reason = "being remedied", compensatingControl = "a person looks" }));
        await world.ApprovedAsync();
        var allowed = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(allowed));
        var glass = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/break-glass", new { environment = "production", reason = "it burns", minutes = 30 }))).Text("id");
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/break-glass/{glass}/approval", new { reason = "it does" }));
        var opened = await world.CheckAsync();
        var unknown = await world.CheckAsync(version: 9);
        await SequencedAsync(shared.Server);

        using var folder = new TemporaryFolder();
        var (pack, key) = (Path.Combine(folder.Path, "m.zip"), Path.Combine(folder.Path, "log.keys"));
        await File.WriteAllLinesAsync(key, shared.Server.Services.GetRequiredService<LogKeys>().Known.Select(k => k.ToString()), Token);
        var (code, output) = await MlgovAsync("audit", "pack", world.Model, pack, "--server", shared.Server.Address.ToString(), "--token", "dev:compliance-officer:carl");
        code.ShouldBe(0, output);
        (code, output) = await MlgovAsync("verify", "pack", pack, "--key", key);
        code.ShouldBe(0, output);
        output.ShouldContain("3 of 4 decisions were made again");
        foreach (var decision in new[] { denied, allowed, opened, unknown })
        {
            (code, output) = await MlgovAsync("verify", "decision", decision.Text("decisionId"), "--pack", pack, "--key", key);
            code.ShouldBe(0, output);
            output.ShouldContain(decision.Text("outcome"));
        }

        (await MlgovAsync("verify", "decision", Guid.NewGuid().ToString(), "--pack", pack, "--key", key)).Code.ShouldBe(1);
        foreach (var (what, change) in Forgeries(allowed.Text("decisionId")))
        {
            var forged = Path.Combine(folder.Path, "forged.zip");
            File.Copy(pack, forged, overwrite: true);
            using (var zip = ZipFile.Open(forged, ZipArchiveMode.Update)) change(zip);
            (code, output) = await MlgovAsync("verify", "pack", forged, "--key", key);
            code.ShouldBe(1, $"{what}: {output}");
        }

        await File.WriteAllTextAsync(pack, "no zip", Token);
        (await MlgovAsync("verify", "pack", pack, "--key", key)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Is_the_same_to_the_byte_whenever_it_is_made_for_the_same_end_and_checkpoint()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await world.AllowedAsync();
        await SequencedAsync(shared.Server);
        var to = Json.Time(shared.Clock.GetUtcNow());
        var size = (await World.Must(200, world.Carl.GetJsonAsync("/audit/checkpoint"))).Json!["size"]!.GetValue<long>();
        var path = $"/api/v1/models/{world.Model}/evidence-pack?to={to}&checkpoint={size}";
        var first = await world.Carl.GetByteArrayAsync(new Uri(path, UriKind.Relative), Token);
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "since then" }));
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await SequencedAsync(shared.Server);
        (await world.Carl.GetByteArrayAsync(new Uri(path, UriKind.Relative), Token)).ShouldBe(first);
        using var zip = new ZipArchive(new MemoryStream(first));
        zip.Entries.Select(e => e.FullName).ShouldContain("README.md");
        using var reader = new StreamReader(zip.GetEntry("manifest.json")!.Open());
        (await reader.ReadToEndAsync(Token)).ShouldContain($"\"checkpointSize\": {size}");
    }

    [Fact]
    public async Task Is_refused_with_the_reason()
    {
        var world = await shared.FoundedAsync();
        await SequencedAsync(shared.Server);
        var path = $"{world.Path()}/evidence-pack";
        foreach (var client in new[] { world.Ann, world.Eve, world.Pipeline }) await World.Refused(403, "forbidden", client.GetJsonAsync(path));
        await World.Refused(404, "model-unknown", world.Carl.GetJsonAsync("/models/nobodys/evidence-pack"));
        await World.Refused(404, "model-unknown", world.Carl.GetJsonAsync($"{path}?to=2020-01-01T00:00:00Z"));
        await World.Refused(404, "checkpoint-unknown", world.Carl.GetJsonAsync($"{path}?checkpoint=999999999"));
        await World.Refused(400, "invalid-checkpoint", world.Carl.GetJsonAsync($"{path}?checkpoint=0"));
        await World.Refused(400, "invalid-period", world.Carl.GetJsonAsync($"{path}?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"));
    }

    private static IEnumerable<(string What, Action<ZipArchive> Change)> Forgeries(string decision)
    {
        yield return ("an added file", zip => zip.CreateEntry("more.txt"));
        yield return ("a missing file", zip => zip.Entries.First(e => e.FullName.StartsWith("facts/", StringComparison.Ordinal)).Delete());
        yield return ("a changed file", zip => Change(zip, "model.json", text => text.Replace("flowers", "weeds", StringComparison.Ordinal)));
        yield return ("another model", zip => Change(zip, "manifest.json", text => text.Replace("\"model\": \"", "\"model\": \"x", StringComparison.Ordinal)));
        yield return ("a decision left out, with its digest mended", zip => LeaveOut(zip, decision));
    }

    private static void LeaveOut(ZipArchive zip, string decision)
    {
        var before = Text(zip, "events.jsonl");
        var after = string.Join('\n', before.Split('\n').Where(line => !line.Contains(decision, StringComparison.Ordinal)));
        Change(zip, "events.jsonl", _ => after);
        Change(zip, "manifest.json", text => text.Replace(Evidence(before), Evidence(after), StringComparison.Ordinal));
    }

    private static string Evidence(string text) => MLOpsGovernance.Evidence.Digest.Sha256(Encoding.UTF8.GetBytes(text));

    private static string Text(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    private static void Change(ZipArchive zip, string path, Func<string, string> change)
    {
        var changed = change(Text(zip, path));
        zip.GetEntry(path)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        writer.Write(changed);
    }
}
