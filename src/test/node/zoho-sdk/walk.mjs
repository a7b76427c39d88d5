// Walks a sandbox as a program built on Zoho's own library does, and prints what the library told,
// one JSON object. NodeSdkIT says what it should be.
//
//   node walk.mjs BASE FOLDER PLAN   (PLAN: a JSON object; see NodeSdkIT)
import { initialize, load } from "./sdk.mjs";

const [base, folder, text] = process.argv.slice(2);
const plan = JSON.parse(text);
await initialize(base, folder);

const { TerritoriesOperations, GetTerritoriesParam } = await import(
  "@zohocrm/nodejs-sdk-8.0/lib/core/com/zoho/crm/api/territories/territories_operations.js"
);
const TerritoryUsersOperations = await load(
  "territory_users/territory_users_operations",
  "TerritoryUsersOperations",
);
const UsersTerritoriesOperations = await load(
  "users_territories/users_territories_operations",
  "UsersTerritoriesOperations",
);
const RecordOperations = await load("record/record_operations", "RecordOperations");
const BodyWrapper = await load("record/body_wrapper", "BodyWrapper");
const Record = await load("record/record", "Record");
const Territory = await load("record/territory", "Territory");
const OrgOperations = await load("org/org_operations", "OrgOperations");
const ParameterMap = (await import("@zohocrm/nodejs-sdk-8.0/lib/routes/parameter_map.js"))
  .ParameterMap;
const FieldsOperations = await load("fields/fields_operations", "FieldsOperations");
const GetFieldsParam = await load("fields/fields_operations", "GetFieldsParam");

const word = (choice) => (choice?.getValue ? choice.getValue() : choice);

/** The status, and of each error or success what the library made of it. */
function told(response) {
  const body = response.getObject();
  const items = body?.getData ? body.getData() : body?.getCode ? [body] : [];
  return {
    status: response.getStatusCode(),
    items: items.map((item) => ({
      code: word(item.getCode()),
      status: word(item.getStatus()),
      message: word(item.getMessage()),
      details: Object.fromEntries(item.getDetails() ?? new Map()),
    })),
  };
}

function placed(territory, id) {
  const one = new Territory();
  one.setId(BigInt(territory));
  const record = new Record();
  if (id) {
    record.setId(BigInt(id));
  }
  record.addKeyValue("Territories", [one]);
  return record;
}

function body(...records) {
  const wrapper = new BodyWrapper();
  wrapper.setData(records);
  return wrapper;
}

const records = (module = "Leads") => new RecordOperations(module);
const lead = (n) => BigInt(plan.leads[n]);

const steps = {
  async organisation() {
    const org = (await new OrgOperations().getOrganization()).getObject().getOrg()[0];
    return { name: org.getCompanyName() };
  },
  async territories() {
    const found = [];
    for (let page = 1; ; page++) {
      const params = new ParameterMap();
      await params.add(GetTerritoriesParam.PAGE, page);
      await params.add(GetTerritoriesParam.PER_PAGE, plan.perPage);
      const response = await new TerritoriesOperations().getTerritories(params);
      if (response.getStatusCode() !== 200) {
        return { pages: page - 1, ...told(response) };
      }
      const listed = response.getObject();
      for (const one of listed.getTerritories()) {
        found.push({
          id: String(one.getId()),
          name: one.getName(),
          parent: one.getReportingTo() ? String(one.getReportingTo().getId()) : null,
          manager: one.getManager()?.getName() ?? null,
        });
      }
      if (!listed.getInfo().getMoreRecords()) {
        return { pages: page, found };
      }
    }
  },
  async usersOfTerritory() {
    const response = await new TerritoryUsersOperations().getTerritoryUsers(
      BigInt(plan.territory),
    );
    return response.getObject().getUsers().map((user) => user.getFullName());
  },
  async usersOfNoTerritory() {
    return told(await new TerritoryUsersOperations().getTerritoryUsers(1n));
  },
  async territoriesOfUser() {
    const response = await new UsersTerritoriesOperations(
      BigInt(plan.user),
    ).getTerritoriesOfUser();
    return response.getObject().getTerritories().map((one) => one.getName());
  },
  async territoriesOfNobody() {
    return told(await new UsersTerritoriesOperations(1n).getTerritoriesOfUser());
  },
  async fields() {
    const params = new ParameterMap();
    await params.add(GetFieldsParam.MODULE, "Leads");
    const response = await new FieldsOperations().getFields(params);
    return response
      .getObject()
      .getFields()
      .filter((field) => field.getSystemMandatory())
      .map((field) => field.getAPIName());
  },
  async update() {
    const record = new Record();
    record.addKeyValue("Last_Name", "Daly");
    record.addKeyValue("State", "Texas");
    const wrapper = body(record);
    wrapper.setTrigger([]);
    return told(await records().updateRecord(lead(0), wrapper));
  },
  async read() {
    const record = (await records().getRecord(lead(0))).getObject().getData()[0];
    return {
      name: record.getKeyValue("Last_Name"),
      territories: record.getKeyValue("Territories").map((one) => one.getName()),
    };
  },
  async assign() {
    return told(await records().assignTerritoryToRecord(lead(0), body(placed(plan.territory))));
  },
  async assignMany() {
    const many = body(placed(plan.territory, plan.leads[1]), placed(plan.territory, plan.leads[2]));
    return told(await records().assignTerritoriesToMultipleRecords(many));
  },
  async assignMixed() {
    const many = body(placed("1", plan.leads[1]), placed(plan.other, plan.leads[2]));
    return told(await records().assignTerritoriesToMultipleRecords(many));
  },
  async assignInvalid() {
    return told(await records().assignTerritoryToRecord(lead(0), body(placed("1"))));
  },
  async assignNoRecord() {
    return told(await records().assignTerritoryToRecord(1n, body(placed(plan.territory))));
  },
  async remove() {
    return told(await records().removeTerritoriesFromRecord(lead(0), body(placed(plan.territory))));
  },
  async wrongModule() {
    const many = body(placed(plan.territory, plan.leads[1]));
    return told(await records("Cases").assignTerritoriesToMultipleRecords(many));
  },
};

const results = [];
for (const step of plan.steps) {
  try {
    results.push({ step, told: await steps[step]() });
  } catch (error) {
    results.push({ step, thrown: { code: error.code, message: error.message, details: error.details } });
  }
}
console.log(JSON.stringify(results, (key, value) => (typeof value === "bigint" ? String(value) : value)));
