using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>A manifest is read strictly: a misspelt key is never a setting that silently does nothing.</summary>
public sealed class ReadingAManifest : IDisposable
{
    private const string Head = "apiVersion: governance.mlops/v1\nkind: Manifest\n";
    private const string Model = Head + "models:\n  - name: m\n    team: t\n    purpose: p\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Mistakes => new()
    {
        // a key that does not exist, with the one that was meant
        { Head + "datset: []\n", "3:1: unknown key 'datset' in the manifest. Did you mean 'datasets'? Allowed: apiVersion, kind, teams, datasets, models." },
        { Head + "teams:\n  - name: t\n    Displayname: T\n", "5:5: unknown key 'Displayname' in an entry of teams. Did you mean 'displayName'?" },
        { Head + "teams:\n  - {name: t, colour: red}\n", "4:15: unknown key 'colour' in an entry of teams. Allowed: name, displayName, members." },
        { Model + "    risk: {euAiAct: minimal, teir: 3, reason: r}\n", "7:30: unknown key 'teir' in risk. Did you mean 'tier'?" },
        { Model + "    risk: {euAiAct: minimal, tier: 3, reason: r, materiality: {exposure: 1, currency: EUR, date: 2026-01-01, peopleAfected: 3}}\n", "unknown key 'peopleAfected' in materiality. Did you mean 'peopleAffected'?" },
        { Head + "? [a, b]\n: c\n", "3:3: unknown key '' in the manifest." },

        // something missing, doubled or of the wrong kind
        { Head + "teams:\n  - displayName: T\n", "4:5: an entry of teams has no name, which it needs." },
        { Head + "teams:\n  - name:\n", "4:10: name of an entry of teams: it is empty. Give a value, or leave the key out." },
        { Head + "teams:\n  - name: ~\n", "4:11: name of an entry of teams: it is empty." },
        { Head + "teams:\n  - name: [t]\n", "4:11: name of an entry of teams: it is a single value." },
        { Head + "teams:\n  name: t\n", "4:3: teams of the manifest: it is a list: each entry begins with '- '." },
        { Head + "teams: [t]\n", "3:9: an entry of teams is a mapping with the keys name, displayName, members." },
        { Head + "teams: [{name: t}, {name: t}]\n", "3:20: 't' stands twice in teams." },
        { Head + "teams: [{name: t, members: [{subject: a}, {subject: a}]}]\n", "'a' stands twice in members." },
        { Head + "teams: [{name: t, members: [{subject: a, functions: [{x: y}]}]}]\n", "each entry of functions in an entry of members is text." },
        { Head + "datasets: [{name: d, team: t, versions: [{version: '1', rows: many, file: iris.csv}]}]\n", "rows of an entry of versions: 'many' is no whole number from 0 to 9223372036854775807." },
        { Head + "datasets: [{name: d, team: t, versions: [{version: '1', rows: '150', file: iris.csv}]}]\n", "'150' is no whole number" },
        { Head + "datasets: [{name: d, team: t, versions: [{version: '1'}]}]\n", "an entry of versions has exactly one of file and digest; here are none." },
        { Head + $"datasets: [{{name: d, team: t, versions: [{{version: '1', file: iris.csv, digest: '{CommandLine.Digest}'}}]}}]\n", "here are both." },
        { Head + "datasets: [{name: d, team: t, versions: [{version: '1', digest: md5:1}]}]\n", "'md5:1' is no digest. Write sha256: and 64 lower-case hexadecimal digits." },
        { Head + "datasets: [{name: d, team: t, classification: {sensitivity: public, personalData: no}}]\n", "personalData of classification: 'no' is neither true nor false." },
        { Head + "datasets: [{name: d, team: t, classification: {sensitivity: public}}]\n", "classification has no personalData, which it needs." },
        { Head + "datasets: [{name: d, team: t, classification: {sensitivity: public, personalData: true, retentionDays: 0}}]\n", "retentionDays of classification: '0' is no whole number from 1 to 36525." },
        { Model + "    risk: {euAiAct: minimal, tier: 4, reason: r}\n", "tier of risk: '4' is no whole number from 1 to 3." },
        { Model + "    risk: {euAiAct: minimal, reason: r}\n", "risk has no tier, which it needs." },
        { Model + $"    versions: [{{artifactDigest: '{CommandLine.Digest}'}}]\n", "authors of an entry of versions: it is missing. Name at least one person: authors: [ann]." },
        { Model + $"    versions: [{{artifactDigest: '{CommandLine.Digest}', authors: [a], metrics: {{accuracy: .nan}}}}]\n", "'.nan' is no finite number." },
        { Model + $"    versions: [{{artifactDigest: '{CommandLine.Digest}', authors: [a], metrics: {{a: 1}}, metricsFile: m.json}}]\n", "metrics are given beside it" },

        // files
        { Model + "    versions:\n      - artifact: nowhere.zip\n        authors: [a]\n", "8:19: Nothing is at" },
        { Model + $"    versions: [{{artifactDigest: '{CommandLine.Digest}', authors: [a], metricsFile: iris.csv}}]\n", "the metrics in" },
        { Head + "datasets: [{name: d, team: t, versions: [{version: '1', file: empty}]}]\n", "artifact.empty" },

        // no manifest at all
        { "", "the file is empty" },
        { "# nothing\n", "the file is empty" },
        { "- a\n- b\n", "1:1: the manifest is a mapping with the keys" },
        { "kind: Manifest\n", "the manifest has no apiVersion, which it needs." },
        { "apiVersion: governance.mlops/v2\nkind: Manifest\n", "1:13: apiVersion of the manifest: 'governance.mlops/v2' is not known. Write 'governance.mlops/v1'." },
        { "apiVersion: governance.mlops/v1\nkind: Deployment\n", "2:7: kind of the manifest: 'Deployment' is not known. Write 'Manifest'." },
        { Head + "---\n" + Head, "4:1: a second document begins." },
        { Head + "teams: [\n", "this is no YAML" },
        { Head + "kind: Manifest\n", "this is no YAML" },
        { Head + "\tteams: []\n", "this is no YAML" },
        { Head + "teams: &all []\ndatasets: *all\n", "4:11: the alias '*all' is not supported. Write out what it stands for." },
        { Head + "teams: " + new string('[', 5000) + "\n", "nested deeper than 20 levels" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Names_the_place_and_what_is_allowed(string manifest, string expected)
    {
        _folder.Write("iris.csv", "data");
        Directory.CreateDirectory(_folder.At("empty"));
        var (ended, calls) = await ApplyAsync(manifest);

        ended.ExitCode.ShouldBe(2);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain(expected);
        ended.Error.ShouldContain("manifest.yaml:");
        calls.ShouldBe(0);
    }

    [Fact]
    public async Task Names_all_mistakes_at_once_in_their_order()
    {
        var (ended, _) = await ApplyAsync(Head + "teams:\n  - nam: t\nmodls: []\n");

        ended.Error.Split('\n').Where(line => line.Contains("manifest.yaml:", StringComparison.Ordinal)).Select(line => line.Split("manifest.yaml:")[1].Split(' ')[0])
            .ShouldBe(["4:5:", "4:5:", "5:1:"]);
    }

    [Fact]
    public async Task Says_so_when_there_is_none()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "apply", "-f", _folder.At("missing.yaml"));

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain("missing.yaml");
    }

    [Fact]
    public async Task Refuses_a_file_that_is_far_too_large() =>
        (await ApplyAsync(Head + "# " + new string('x', 2 << 20))).Ended.ExitCode.ShouldBe(2);

    [Fact]
    public async Task Understands_the_example_of_the_documentation()
    {
        await using var record = new Record();
        var example = await File.ReadAllTextAsync(RepositoryFiles.At("docs", "examples", "iris", "manifest.yaml"), TestContext.Current.CancellationToken);
        _folder.Write("iris.csv", "data");
        _folder.Write("out/model.zip", "model");
        _folder.Write("out/metrics.json", "{}");

        var ended = await record.RunAsync("apply", "--plan", "-f", _folder.Write("manifest.yaml", example));

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(9);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(Ended Ended, int Calls)> ApplyAsync(string manifest)
    {
        await using var record = new Record();
        return (await record.RunAsync("apply", "-f", _folder.Write("manifest.yaml", manifest)), record.Calls.Count);
    }
}
