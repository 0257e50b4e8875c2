using System.Text.Json;
using MLOpsGovernance.Evidence.Artifacts;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Examples;

/// <summary>Runs docs/examples/iris/train.cs as a reader would: <c>dotnet run</c> compiles and runs it, which takes several seconds.</summary>
public sealed class TrainingTheIrisExample(TrainingTheIrisExample.Run run) : IClassFixture<TrainingTheIrisExample.Run>
{
    private static readonly string Example = RepositoryFiles.At("docs", "examples", "iris");

    [Theory]
    [InlineData("microAccuracy", 0.9, 1)]
    [InlineData("macroAccuracy", 0.9, 1)]
    [InlineData("logLoss", 0, 0.3)]
    [InlineData("rowsTrain", 105, 105)]
    [InlineData("rowsTest", 45, 45)]
    public void Measures_a_model_that_is_right_on_nine_of_ten_flowers_it_never_saw(string metric, double least, double most) =>
        run.Read("metrics.json").GetProperty(metric).GetDouble().ShouldBeInRange(least, most);

    [Fact]
    public void Holds_out_15_flowers_of_each_species_and_counts_every_one_of_them()
    {
        var metrics = run.Read("metrics.json");
        var confusion = metrics.GetProperty("confusionMatrix");
        var counts = confusion.GetProperty("actualByPredicted").Deserialize<double[][]>()!;

        confusion.GetProperty("classes").Deserialize<string[]>().ShouldBe(["setosa", "versicolor", "virginica"]);
        counts.Select(row => row.Sum()).ShouldBe([15d, 15d, 15d]);
        (counts.Select((row, i) => row[i]).Sum() / 45).ShouldBe(metrics.GetProperty("microAccuracy").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Describes_the_dataset_by_its_digest_rows_and_columns()
    {
        var dataset = run.Read("dataset.json");

        dataset.GetProperty("digest").GetString().ShouldBe(await DigestAsync(Path.Combine(Example, "iris.csv")));
        dataset.GetProperty("rows").GetInt32().ShouldBe(150);
        dataset.GetProperty("schema").EnumerateArray().Select(column => column.GetProperty("name").GetString())
            .ShouldBe(["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]);
    }

    [Fact]
    public async Task Prints_the_digest_of_the_model_it_wrote() => run.Printed.ShouldContain(await DigestAsync(run.Out.At("first/model.zip")));

    [Fact]
    public async Task Writes_the_same_bytes_when_it_is_run_again()
    {
        await run.TrainAsync("second");

        (await DigestAsync(run.Out.At("second"))).ShouldBe(await DigestAsync(run.Out.At("first")));
    }

    private static async Task<string> DigestAsync(string path) =>
        (await ArtifactDigest.ComputeAsync(path, TestContext.Current.CancellationToken)).Digest;

    public sealed class Run : IAsyncLifetime
    {
        internal TemporaryFolder Out { get; } = new();

        internal string Printed { get; private set; } = "";

        public async ValueTask InitializeAsync() => Printed = await TrainAsync("first");

        public ValueTask DisposeAsync()
        {
            Out.Dispose();
            return ValueTask.CompletedTask;
        }

        internal Task<string> TrainAsync(string folder) =>
            Shell.RunAsync(Out.Path, "dotnet", "run", Path.Combine(Example, "train.cs"), "--", "--out", folder);

        internal JsonElement Read(string file) => JsonElement.Parse(File.ReadAllBytes(Out.At($"first/{file}")));
    }
}
