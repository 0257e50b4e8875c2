using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.SignIn;

/// <summary>The keys under which cookies are sealed. They stand in the database, so that every node reads what another wrote.</summary>
internal sealed class SessionKeys(NpgsqlDataSource source) : IXmlRepository
{
    private const string Table = $"{MartenSetup.Schema}.session_keys";

    public const string Sql = $"""
        create table if not exists {Table} (
            name text primary key,
            xml text not null,
            stored_at timestamptz not null default now());
        """;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand($"select xml from {Table}");
        using var reader = command.ExecuteReader();
        var all = new List<XElement>();
        while (reader.Read()) all.Add(XElement.Parse(reader.GetString(0)));
        return all;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand($"insert into {Table} (name, xml) values ($1, $2) on conflict (name) do update set xml = excluded.xml");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
