using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zhida.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    flags = table.Column<int>(type: "INTEGER", nullable: false),
                    debits_pending = table.Column<long>(type: "INTEGER", nullable: false),
                    debits_posted = table.Column<long>(type: "INTEGER", nullable: false),
                    credits_pending = table.Column<long>(type: "INTEGER", nullable: false),
                    credits_posted = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    row_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "transfers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    debit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    credit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    pending_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    flags = table.Column<int>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reference = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfers", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_kind_name",
                table: "accounts",
                columns: new[] { "kind", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_name",
                table: "accounts",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_transfers_credit_id_at",
                table: "transfers",
                columns: new[] { "credit_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_transfers_debit_id_at",
                table: "transfers",
                columns: new[] { "debit_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_transfers_expires_at",
                table: "transfers",
                column: "expires_at",
                filter: "expires_at > 0");

            migrationBuilder.CreateIndex(
                name: "IX_transfers_pending_id",
                table: "transfers",
                column: "pending_id",
                unique: true,
                filter: "pending_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_transfers_reference",
                table: "transfers",
                column: "reference");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "journal");

            migrationBuilder.DropTable(
                name: "transfers");
        }
    }
}
