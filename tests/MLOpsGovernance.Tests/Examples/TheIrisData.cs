using System.Globalization;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Examples;

/// <summary>Expected values: Fisher (1936), as in R's <c>datasets::iris</c>.</summary>
public sealed class TheIrisData
{
    private static readonly string[] Lines = File.ReadAllLines(RepositoryFiles.At("docs", "examples", "iris", "iris.csv"));
    private static readonly string[][] Rows = [.. Lines.Skip(1).Select(line => line.Split(','))];

    [Fact]
    public void Has_150_rows_of_four_measurements_and_a_species()
    {
        Lines[0].ShouldBe("sepal_length,sepal_width,petal_length,petal_width,species");
        Rows.Length.ShouldBe(150);
        Rows.ShouldAllBe(row => row.Length == 5);
    }

    [Theory]
    [InlineData("setosa")]
    [InlineData("versicolor")]
    [InlineData("virginica")]
    public void Has_50_rows_of_each_species(string species) => Rows.Count(row => row[4] == species).ShouldBe(50);

    [Theory]
    [InlineData(0, 5.843333)]
    [InlineData(1, 3.057333)]
    [InlineData(2, 3.758)]
    [InlineData(3, 1.199333)]
    public void Has_the_published_means(int column, double mean) =>
        Rows.Average(row => double.Parse(row[column], CultureInfo.InvariantCulture)).ShouldBe(mean, 0.000001);

    [Theory]
    [InlineData(35, "4.9,3.1,1.5,0.2,setosa")]
    [InlineData(38, "4.9,3.6,1.4,0.1,setosa")]
    public void Has_Fishers_values_where_the_UCI_copy_errs(int row, string expected) => Lines[row].ShouldBe(expected);
}
