#:package Microsoft.ML
#:property PublishAot=false
#:property NoWarn=$(NoWarn);MA0047

// Trains a classifier on Fisher's iris measurements and writes what a governance record needs:
//   dotnet run docs/examples/iris/train.cs -- --out FOLDER
// model.zip (ML.NET), metrics.json (over rows the model never saw), dataset.json (what it was trained on).
// Microsoft.ML's version is the repository's, from Directory.Packages.props.

using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

const int Seed = 1936;
const int HoldOutPerClass = 15;

if (args is not ["--out", { Length: > 0 } folder])
{
    Console.Error.WriteLine("usage: dotnet run train.cs -- --out FOLDER");
    return 2;
}

var csv = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "iris.csv");
var ml = new MLContext(Seed);
var flowers = ml.Data
    .CreateEnumerable<Flower>(ml.Data.LoadFromTextFile<Flower>(csv, separatorChar: ',', hasHeader: true), reuseRowObject: false)
    .ToList();

// Stratified: every species gives the same number of rows to the hold-out.
var random = new Random(Seed);
var species = flowers.GroupBy(flower => flower.Species, StringComparer.Ordinal).Select(rows => rows.ToArray()).ToList();
species.ForEach(random.Shuffle);
var train = species.SelectMany(rows => rows[HoldOutPerClass..]).ToArray();
var test = species.SelectMany(rows => rows[..HoldOutPerClass]).ToArray();
random.Shuffle(train);

var trainer = new SdcaMaximumEntropyMulticlassTrainer.Options
{
    NumberOfThreads = 1, // several threads race for the same weights, and no two runs would agree
};
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Flower.Species), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
    .Append(ml.Transforms.Concatenate("Features", nameof(Flower.SepalLength), nameof(Flower.SepalWidth), nameof(Flower.PetalLength), nameof(Flower.PetalWidth)))
    .Append(ml.Transforms.NormalizeMeanVariance("Features"))
    .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(trainer))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

Directory.CreateDirectory(folder);
var artifact = Path.Combine(folder, "model.zip");
var rows = ml.Data.LoadFromEnumerable(train);
ml.Model.Save(pipeline.Fit(rows), rows.Schema, artifact);

// ML.NET stamps every entry with the time of saving: without this, each run would yield another digest for the same model.
using (var zip = ZipFile.Open(artifact, ZipArchiveMode.Update))
    foreach (var entry in zip.Entries)
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

// What is measured is the file that was written, not the model in memory.
var scored = ml.Model.Load(artifact, out _).Transform(ml.Data.LoadFromEnumerable(test));
var measured = ml.MulticlassClassification.Evaluate(scored);
var labels = default(VBuffer<ReadOnlyMemory<char>>);
scored.Schema["Label"].GetKeyValues(ref labels);

Write("metrics.json", new
{
    microAccuracy = measured.MicroAccuracy,
    macroAccuracy = measured.MacroAccuracy,
    logLoss = measured.LogLoss,
    rowsTrain = train.Length,
    rowsTest = test.Length,
    confusionMatrix = new
    {
        classes = labels.DenseValues().Select(label => label.ToString()),
        actualByPredicted = measured.ConfusionMatrix.Counts,
    },
});

Write("dataset.json", new
{
    name = "iris",
    version = "1936",
    digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(csv))),
    rows = flowers.Count,
    schema = new object[]
    {
        new { name = "sepal_length", type = "number", unit = "cm" },
        new { name = "sepal_width", type = "number", unit = "cm" },
        new { name = "petal_length", type = "number", unit = "cm" },
        new { name = "petal_width", type = "number", unit = "cm" },
        new { name = "species", type = "string", values = species.Select(rows => rows[0].Species) },
    },
});

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"trained on {train.Length} rows, held out {test.Length}: micro accuracy {measured.MicroAccuracy:F4}, macro accuracy {measured.MacroAccuracy:F4}, log loss {measured.LogLoss:F4}"));
Console.WriteLine($"model.zip sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(artifact)))}");
return 0;

void Write(string name, object content) =>
    File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content, Indented.Json) + "\n");

internal static class Indented
{
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true };
}

internal sealed class Flower
{
    [LoadColumn(0)] public float SepalLength { get; set; }
    [LoadColumn(1)] public float SepalWidth { get; set; }
    [LoadColumn(2)] public float PetalLength { get; set; }
    [LoadColumn(3)] public float PetalWidth { get; set; }
    [LoadColumn(4)] public string Species { get; set; } = "";
}
